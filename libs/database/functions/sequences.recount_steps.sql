CREATE OR REPLACE FUNCTION sequences.recount_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.progress (activation_id, partner_id, step_key, counted_as, n, first_at)
  SELECT activation_id, partner_id, step_key, sequences.step_counted_as(outcome, reason), sum(n), min(decided_at)
  FROM (SELECT *, 1 AS n FROM after_rows UNION ALL SELECT *, -1 FROM before_rows) moved GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER recount_steps AFTER UPDATE ON sequences.step_execution
  REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION sequences.recount_steps();
