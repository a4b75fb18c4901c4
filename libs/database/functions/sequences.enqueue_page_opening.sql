-- A click goes to the inbox once more when its page was opened: it was not certain before.
CREATE OR REPLACE FUNCTION sequences.enqueue_page_opening() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE click engagement.interaction;
BEGIN
  SELECT * INTO click FROM engagement.interaction WHERE id = NEW.interaction_id AND contact_id IS NOT NULL AND kind = 'click' AND verdict = 'human';
  IF FOUND THEN PERFORM sequences.add_to_inbox(click, 'click', sequences.click_wait(click)); END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER enqueue_page_opening AFTER INSERT ON engagement.click_opened FOR EACH ROW EXECUTE FUNCTION sequences.enqueue_page_opening();
