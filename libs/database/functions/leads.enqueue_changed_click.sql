-- On a later verdict, or when the page behind the click was opened.
CREATE OR REPLACE FUNCTION leads.enqueue_changed_click() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE click engagement.interaction;
BEGIN
  SELECT * INTO click FROM engagement.interaction WHERE id = NEW.interaction_id;
  IF FOUND THEN PERFORM leads.enqueue_evaluation(click, interval '0'); END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER enqueue_click_on_verdict AFTER INSERT ON engagement.interaction_verdict FOR EACH ROW EXECUTE FUNCTION leads.enqueue_changed_click();

CREATE OR REPLACE TRIGGER enqueue_click_on_opening AFTER INSERT ON engagement.click_opened FOR EACH ROW EXECUTE FUNCTION leads.enqueue_changed_click();
