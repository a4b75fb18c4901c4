CREATE OR REPLACE FUNCTION leads.enqueue_new_click() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM leads.enqueue_evaluation(NEW, interval '65 seconds');
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER enqueue_new_click AFTER INSERT ON engagement.interaction FOR EACH ROW
  WHEN (NEW.kind = 'click' AND NEW.verdict = 'human') EXECUTE FUNCTION leads.enqueue_new_click();
