-- As contacts.note_changed_contacts, for a click that turns out to be a program's or a person's.
CREATE OR REPLACE FUNCTION contacts.note_judged_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO contacts.segment_change (partner_id, contact_id)
  SELECT t.partner_id, t.contact_id FROM engagement.interaction t
  WHERE t.id = NEW.interaction_id AND t.contact_id IS NOT NULL AND t.kind IN ('click', 'form', 'document', 'reply')
    AND EXISTS (SELECT FROM contacts.segment_due s WHERE s.partner_id = t.partner_id);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER note_judged_contact AFTER INSERT ON engagement.interaction_verdict FOR EACH ROW
  EXECUTE FUNCTION contacts.note_judged_contact();
