CREATE OR REPLACE FUNCTION sequences.count_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.progress (activation_id, partner_id, step_key, counted_as, n)
  SELECT activation_id, partner_id, '', sequences.person_counted_as(state), count(*) FROM after_rows GROUP BY 1, 2, 4;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER count_people AFTER INSERT ON sequences.enrolment
  REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION sequences.count_people();
