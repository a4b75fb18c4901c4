CREATE SCHEMA privacy;
GRANT USAGE ON SCHEMA privacy TO throughline_app;

-- How long a partner keeps people of whom nothing is heard, and reports of imports; no row: the platform's periods.
CREATE TABLE privacy.retention (
  partner_id uuid PRIMARY KEY,
  quiet_contact_months smallint NOT NULL CHECK (quiet_contact_months BETWEEN 6 AND 84),
  import_report_days smallint NOT NULL CHECK (import_report_days BETWEEN 7 AND 365),
  changed_at timestamptz NOT NULL
);
ALTER TABLE privacy.retention ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.retention FORCE ROW LEVEL SECURITY;
CREATE POLICY retention_of_partner ON privacy.retention USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON privacy.retention TO throughline_app;

-- What a person did, for the person's own file and for who has been quiet.
CREATE INDEX touch_of_contact ON engagement.touch (contact_id) WHERE contact_id IS NOT NULL;

-- What somebody wrote into a form names people: it goes with the contact. The lead itself stays, to be counted.
CREATE FUNCTION leads.forget_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE leads.lead SET message = NULL WHERE contact_id = OLD.id AND message IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER words_are_forgotten AFTER DELETE ON contacts.contact FOR EACH ROW EXECUTE FUNCTION leads.forget_words();
