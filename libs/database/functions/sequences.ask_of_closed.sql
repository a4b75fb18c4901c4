-- A message that was closed without an answer may still tell what became of it. Its step says
-- "closed" by then, and is looked at by no sweep, for those that are closed only grow more: once
-- the ledger knows better, the step is one of those again that a sweep asks about.
CREATE OR REPLACE FUNCTION sequences.ask_of_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sequences.step_execution SET reason = 'no-answer-after-dot'
  WHERE enrolment_id = NEW.enrolment_id AND step_key = NEW.step_key AND occurrence = NEW.occurrence AND reason = 'closed-unknown';
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER closed_is_known AFTER UPDATE OF state ON delivery.message FOR EACH ROW
  WHEN (OLD.state = 'closed_unknown' AND NEW.state <> 'closed_unknown') EXECUTE FUNCTION sequences.ask_of_closed();
