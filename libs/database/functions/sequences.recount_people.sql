-- Claims and leases, most of the writes, change no count.
CREATE OR REPLACE FUNCTION sequences.recount_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.progress (activation_id, partner_id, step_key, counted_as, n)
  SELECT activation_id, partner_id, '', sequences.person_counted_as(state), sum(n)
  FROM (SELECT activation_id, partner_id, state, 1 AS n FROM after_rows UNION ALL SELECT activation_id, partner_id, state, -1 FROM before_rows) moved
  GROUP BY 1, 2, 4 HAVING sum(n) <> 0;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER recount_people AFTER UPDATE ON sequences.enrolment
  REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION sequences.recount_people();
