-- A message that was closed as unknown may still get an outcome. Its step says closed-unknown,
-- which no sweep reads, because closed steps only grow in number. This puts the step back among
-- those that the sweep checks.
CREATE OR REPLACE FUNCTION sequences.recheck_closed_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sequences.step_execution SET reason = 'no-answer-after-end-of-data'
  WHERE enrolment_id = NEW.enrolment_id AND step_key = NEW.step_key AND occurrence = NEW.occurrence AND reason = 'closed-unknown';
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER recheck_closed_step AFTER UPDATE OF state ON delivery.message FOR EACH ROW
  WHEN (OLD.state = 'closed_unknown' AND NEW.state <> 'closed_unknown') EXECUTE FUNCTION sequences.recheck_closed_step();
