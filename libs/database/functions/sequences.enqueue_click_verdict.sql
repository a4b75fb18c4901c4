-- A click judged human no longer waits. A move that a machine's click caused is checked again.
CREATE OR REPLACE FUNCTION sequences.enqueue_click_verdict() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE click engagement.interaction;
BEGIN
  IF NEW.verdict = 'machine' THEN
    INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, source_id, at)
    SELECT enrolment_id, partner_id, 'machine-click', interaction_id, NEW.at FROM sequences.click_move WHERE interaction_id = NEW.interaction_id AND outcome IS NULL;
    RETURN NULL;
  END IF;
  SELECT * INTO click FROM engagement.interaction WHERE id = NEW.interaction_id AND contact_id IS NOT NULL AND kind = 'click';
  IF FOUND THEN PERFORM sequences.add_to_inbox(click, 'click', interval '0'); END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER enqueue_click_verdict AFTER INSERT ON engagement.interaction_verdict FOR EACH ROW EXECUTE FUNCTION sequences.enqueue_click_verdict();
