-- How often a person wants mail of this partner; no row: as it comes.
CREATE TABLE contacts.preference (
  contact_id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  at_most_every_days smallint NOT NULL CHECK (at_most_every_days BETWEEN 1 AND 365),
  set_at timestamptz NOT NULL,
  FOREIGN KEY (contact_id, partner_id) REFERENCES contacts.contact (id, partner_id) ON DELETE CASCADE
);
ALTER TABLE contacts.preference ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts.preference FORCE ROW LEVEL SECURITY;
CREATE POLICY preference_of_partner ON contacts.preference USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.preference TO throughline_app;
