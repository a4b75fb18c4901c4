-- The text of a form may name people, so it is deleted with the contact. The lead stays for counts.
CREATE OR REPLACE FUNCTION leads.delete_lead_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE leads.lead SET message = NULL WHERE contact_id = OLD.id AND message IS NOT NULL;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER delete_lead_messages AFTER DELETE ON contacts.contact FOR EACH ROW EXECUTE FUNCTION leads.delete_lead_messages();
