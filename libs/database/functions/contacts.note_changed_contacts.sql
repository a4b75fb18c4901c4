-- Segments look at these contacts again: libs/contacts/src/segments/segments.service.ts. Per
-- statement: an import adds tens of thousands. Consent is a column of the contact.
CREATE OR REPLACE FUNCTION contacts.note_changed_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO contacts.segment_change (partner_id, contact_id)
  SELECT c.partner_id, c.id FROM changed c WHERE c.partner_id IN (SELECT s.partner_id FROM contacts.segment_due s);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER note_new_contacts AFTER INSERT ON contacts.contact REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION contacts.note_changed_contacts();

CREATE OR REPLACE TRIGGER note_changed_contacts AFTER UPDATE ON contacts.contact REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION contacts.note_changed_contacts();
