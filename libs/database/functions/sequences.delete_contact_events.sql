-- Enrolments of a deleted contact end: nothing more comes.
CREATE OR REPLACE FUNCTION sequences.delete_contact_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, name, at)
  SELECT id, partner_id, 'leave', 'contact-gone', OLD.updated_at FROM sequences.enrolment
  WHERE contact_id = OLD.id AND state IN ('waiting', 'running');
  DELETE FROM sequences.event WHERE contact_id = OLD.id;
  DELETE FROM sequences.exclusion WHERE contact_id = OLD.id;
  DELETE FROM sequences.entry_request WHERE partner_id = OLD.partner_id AND contact_id = OLD.id;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER delete_contact_events AFTER DELETE ON contacts.contact FOR EACH ROW EXECUTE FUNCTION sequences.delete_contact_events();
