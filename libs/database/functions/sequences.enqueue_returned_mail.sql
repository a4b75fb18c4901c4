CREATE OR REPLACE FUNCTION sequences.enqueue_returned_mail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, name, at)
  SELECT e.id, e.partner_id, 'leave', NEW.kind, NEW.at FROM delivery.message m JOIN sequences.enrolment e ON e.contact_id = m.contact_id
  WHERE m.id = NEW.message_id AND e.state IN ('waiting', 'running');
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER enqueue_returned_mail AFTER INSERT ON delivery.message_event FOR EACH ROW
  WHEN (NEW.message_id IS NOT NULL AND NEW.kind IN ('hard', 'complaint')) EXECUTE FUNCTION sequences.enqueue_returned_mail();
