-- The answers in forms are deleted with the contact. The lead stays for counts.
CREATE OR REPLACE FUNCTION leads.delete_lead_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE leads.lead SET message = NULL, phone = NULL WHERE contact_id = OLD.id AND num_nonnulls(message, phone) > 0;
  UPDATE leads.request SET message = NULL, phone = NULL, answers = '{}'
  WHERE (num_nonnulls(message, phone) > 0 OR answers <> '{}')
    AND lead_id IN (SELECT id FROM leads.lead WHERE partner_id = OLD.partner_id AND contact_id = OLD.id);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER delete_lead_messages AFTER DELETE ON contacts.contact FOR EACH ROW EXECUTE FUNCTION leads.delete_lead_messages();
