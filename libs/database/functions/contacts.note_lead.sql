-- As contacts.note_changed_contacts, for a lead that is new or has another state.
CREATE OR REPLACE FUNCTION contacts.note_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO contacts.segment_change (partner_id, contact_id)
  SELECT l.partner_id, l.contact_id FROM leads.lead l
  WHERE l.id = NEW.lead_id AND EXISTS (SELECT FROM contacts.segment_due s WHERE s.partner_id = l.partner_id);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER note_lead AFTER INSERT ON leads.lead_event FOR EACH ROW
  WHEN (NEW.kind = 'status') EXECUTE FUNCTION contacts.note_lead();
