-- As contacts.note_changed_contacts, for what a contact did.
CREATE OR REPLACE FUNCTION contacts.note_engaged_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO contacts.segment_change (partner_id, contact_id)
  SELECT NEW.partner_id, NEW.contact_id WHERE EXISTS (SELECT FROM contacts.segment_due s WHERE s.partner_id = NEW.partner_id);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER note_engaged_contact AFTER INSERT ON engagement.interaction FOR EACH ROW
  WHEN (NEW.contact_id IS NOT NULL AND NEW.kind IN ('click', 'form', 'document', 'reply')) EXECUTE FUNCTION contacts.note_engaged_contact();
