CREATE OR REPLACE FUNCTION leads.delete_notes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE leads.follow_up SET note = NULL
  WHERE note IS NOT NULL AND lead_id IN (SELECT id FROM leads.lead WHERE partner_id = OLD.partner_id AND contact_id = OLD.id);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER delete_notes AFTER DELETE ON contacts.contact FOR EACH ROW EXECUTE FUNCTION leads.delete_notes();
