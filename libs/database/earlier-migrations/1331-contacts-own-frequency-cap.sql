-- How often an organisation wants anybody written to, where that is less than the installation allows: a vendor's over all of its partners, a
-- partner's over all of its vendors.
CREATE TABLE contacts.frequency_cap (
  owner_id uuid PRIMARY KEY,
  cap int NOT NULL CHECK (cap BETWEEN 1 AND 100),
  set_by text NOT NULL,
  set_at timestamptz NOT NULL
);
ALTER TABLE contacts.frequency_cap ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts.frequency_cap FORCE ROW LEVEL SECURITY;
CREATE POLICY frequency_cap_of_owner ON contacts.frequency_cap
  USING (owner_id = (SELECT database.vendor_scope()) OR owner_id = (SELECT database.partner_scope()));
-- A reservation keeps to both in a partner's scope.
CREATE POLICY frequency_cap_process ON contacts.frequency_cap FOR SELECT USING ((SELECT database.is_system()));
-- A partner's dry run knows its vendors' rules.
CREATE POLICY frequency_cap_of_member ON contacts.frequency_cap FOR SELECT USING (EXISTS (
  SELECT 1 FROM organisations.membership m WHERE m.vendor_id = frequency_cap.owner_id AND m.partner_id = (SELECT database.partner_scope())));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.frequency_cap TO throughline_app;
