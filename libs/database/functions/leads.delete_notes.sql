-- An answer of a vendor that is being stored takes the same lock (libs/leads/src/disclosed-leads.service.ts).
CREATE OR REPLACE FUNCTION leads.delete_notes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE leads.follow_up SET note = NULL
  WHERE note IS NOT NULL AND lead_id IN (SELECT id FROM leads.lead WHERE partner_id = OLD.partner_id AND contact_id = OLD.id);
  PERFORM pg_advisory_xact_lock(hashtextextended('disclosure ' || id, 0))
  FROM (SELECT id FROM leads.disclosure WHERE contact_id = OLD.id ORDER BY id) shared;
  UPDATE leads.disclosure_answer SET note = NULL
  WHERE note IS NOT NULL AND disclosure_id IN (SELECT id FROM leads.disclosure WHERE contact_id = OLD.id);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER delete_notes AFTER DELETE ON contacts.contact FOR EACH ROW EXECUTE FUNCTION leads.delete_notes();
