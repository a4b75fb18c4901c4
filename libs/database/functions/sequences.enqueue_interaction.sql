CREATE OR REPLACE FUNCTION sequences.enqueue_interaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'click' THEN
    -- While links are followed one after the other, no click moves the contact. An entry that is
    -- being read now is skipped.
    IF NEW.suspicion IS NOT NULL THEN
      UPDATE sequences.inbox SET not_before = clock_timestamp() + sequences.click_wait(NEW) WHERE id IN (
        SELECT t.id FROM sequences.inbox t JOIN sequences.enrolment e ON e.id = t.enrolment_id
        WHERE e.contact_id = NEW.contact_id AND e.activation_id = NEW.activation_id AND t.kind = 'click' FOR UPDATE OF t SKIP LOCKED);
    END IF;
    PERFORM sequences.add_to_inbox(NEW, 'click', sequences.click_wait(NEW));
  ELSE
    PERFORM sequences.add_to_inbox(NEW, CASE NEW.kind WHEN 'unsubscribe' THEN 'leave' ELSE NEW.kind END, interval '0');
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER enqueue_interaction AFTER INSERT ON engagement.interaction FOR EACH ROW
  WHEN (NEW.contact_id IS NOT NULL AND (NEW.kind IN ('form', 'reply', 'unsubscribe') OR (NEW.kind = 'click' AND NEW.verdict = 'human')))
  EXECUTE FUNCTION sequences.enqueue_interaction();
