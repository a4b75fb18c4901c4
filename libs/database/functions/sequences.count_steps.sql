-- Per statement: fifty decisions on one step are one row.
CREATE OR REPLACE FUNCTION sequences.count_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.progress (activation_id, partner_id, step_key, counted_as, n, first_at)
  SELECT activation_id, partner_id, step_key, sequences.step_counted_as(outcome, reason), count(*), min(decided_at) FROM after_rows GROUP BY 1, 2, 3, 4;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER count_steps AFTER INSERT ON sequences.step_execution
  REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION sequences.count_steps();
