-- Somebody of the partner says of a lead that was taken up that they are still at it. A note names people: it goes with the contact.
CREATE TABLE leads.follow_up (
  id uuid PRIMARY KEY,
  lead_id uuid NOT NULL REFERENCES leads.lead (id),
  partner_id uuid NOT NULL,
  note text CHECK (length(note) BETWEEN 1 AND 300),
  by_name text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX follow_up_newest ON leads.follow_up (lead_id, id DESC);
ALTER TABLE leads.follow_up ENABLE ROW LEVEL SECURITY;
ALTER TABLE leads.follow_up FORCE ROW LEVEL SECURITY;
-- As the lead itself: the partner's alone, and no part of what it discloses.
CREATE POLICY follow_up_partner ON leads.follow_up USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE (note) ON leads.follow_up TO throughline_app;

CREATE FUNCTION leads.forget_notes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE leads.follow_up SET note = NULL
  WHERE note IS NOT NULL AND lead_id IN (SELECT id FROM leads.lead WHERE partner_id = OLD.partner_id AND contact_id = OLD.id);
  RETURN NULL;
END $$;
CREATE TRIGGER notes_are_forgotten AFTER DELETE ON contacts.contact FOR EACH ROW EXECUTE FUNCTION leads.forget_notes();
