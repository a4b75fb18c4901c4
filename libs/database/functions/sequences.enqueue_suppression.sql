-- A suppressed address gets nothing more, so its contact leaves every running enrolment. If the
-- suppression is taken back, the contact returns: libs/sequences/src/moving/readmissions.service.ts.
CREATE OR REPLACE FUNCTION sequences.enqueue_suppression() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, name, at)
    SELECT e.id, e.partner_id, 'leave', CASE WHEN NEW.source <> 'person' THEN NEW.reason END, NEW.suppressed_at
    FROM contacts.contact c JOIN sequences.enrolment e ON e.contact_id = c.id
    WHERE c.partner_id = NEW.partner_id AND c.email_normalised = lower(NEW.email)
      AND (e.state IN ('waiting', 'running') OR sequences.has_inbox_entry(e.id, 'readmission'));
  ELSE
    INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, at)
    SELECT e.id, e.partner_id, 'readmission', OLD.suppressed_at
    FROM contacts.contact c JOIN sequences.enrolment e ON e.contact_id = c.id
    WHERE c.partner_id = OLD.partner_id AND c.email_normalised = lower(OLD.email)
      AND ((e.state = 'exited' AND e.end_reason IN ('unsubscribed', 'suppressed') AND e.returns_to IS NOT NULL)
           OR sequences.has_inbox_entry(e.id, 'leave'));
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER enqueue_suppression AFTER INSERT ON contacts.suppression FOR EACH ROW
  WHEN (NEW.email IS NOT NULL) EXECUTE FUNCTION sequences.enqueue_suppression();

CREATE OR REPLACE TRIGGER enqueue_lifted_suppression AFTER DELETE ON contacts.suppression FOR EACH ROW
  WHEN (OLD.email IS NOT NULL) EXECUTE FUNCTION sequences.enqueue_suppression();
