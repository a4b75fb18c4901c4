-- needs: database.is_system, database.partner_scope, database.vendor_scope

-- People whom a vendor suggests for the team of a partner. A vendor cannot invite into a team that sees
-- contacts: an owner of the partner does it, or declines.
CREATE TABLE identity.colleague_suggestion (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  email text NOT NULL,
  -- The person or API key of the vendor.
  suggested_by text NOT NULL,
  suggested_at timestamptz NOT NULL,
  answered_at timestamptz,
  answer text CHECK (answer IN ('invited', 'declined')),
  CHECK ((answered_at IS NULL) = (answer IS NULL))
);
CREATE UNIQUE INDEX colleague_suggestion_open
  ON identity.colleague_suggestion (partner_id, vendor_id, lower(email)) WHERE answered_at IS NULL;
CREATE INDEX colleague_suggestion_of_vendor ON identity.colleague_suggestion (vendor_id, suggested_at);
ALTER TABLE identity.colleague_suggestion ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY colleague_suggestion_process ON identity.colleague_suggestion USING ((SELECT database.is_system()));
-- The vendor does not read the answer. It sees only who is in the team.
CREATE POLICY colleague_suggestion_of_partner ON identity.colleague_suggestion
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.colleague_suggestion TO throughline_app;
