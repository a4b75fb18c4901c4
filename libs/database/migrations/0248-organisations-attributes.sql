-- needs: database.is_system, database.partner_scope, database.vendor_scope

ALTER TABLE organisations.membership
  -- The vendor's own number of the partner, as in its CRM. Two partners of a vendor never share one.
  ADD COLUMN external_id text CHECK (external_id <> '');
CREATE UNIQUE INDEX membership_external_id ON organisations.membership (vendor_id, external_id);

-- Facts that a vendor defines about its partners.
CREATE TABLE organisations.partner_attribute (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  name text NOT NULL,
  help text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('text', 'choice', 'choices', 'number', 'date', 'yes-no', 'certification')),
  -- Who writes the values. The other side never does.
  owner text NOT NULL CHECK (owner IN ('vendor', 'partner')),
  -- Of choice and choices: [{ "key": "healthcare", "label": "Healthcare" }]. Values and rules have keys, so
  -- that a label can change.
  options jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (id, vendor_id)
);
CREATE UNIQUE INDEX partner_attribute_name ON organisations.partner_attribute (vendor_id, lower(name COLLATE "pg_c_utf8"));
ALTER TABLE organisations.partner_attribute ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- A partner needs the definitions of its vendors: of those that it keeps itself, and to know its groups.
CREATE POLICY partner_attribute_read ON organisations.partner_attribute FOR SELECT USING (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope())
  OR EXISTS (SELECT 1 FROM organisations.membership m WHERE m.vendor_id = partner_attribute.vendor_id AND m.partner_id = (SELECT database.partner_scope())));
CREATE POLICY partner_attribute_add ON organisations.partner_attribute FOR INSERT WITH CHECK (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY partner_attribute_change ON organisations.partner_attribute FOR UPDATE USING (
  vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY partner_attribute_delete ON organisations.partner_attribute FOR DELETE USING (
  vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON organisations.partner_attribute TO throughline_app;

-- One value of one partner. The kind of the attribute decides which columns it uses.
CREATE TABLE organisations.attribute_value (
  attribute_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- text: the text. choice and choices: keys of options. certification: its number; empty: none is known.
  words text[],
  number double precision,
  -- date: the day. certification: the last day on which it holds; null: it does not expire.
  day date,
  is_so boolean,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (attribute_id, partner_id),
  FOREIGN KEY (attribute_id, vendor_id) REFERENCES organisations.partner_attribute (id, vendor_id) ON DELETE CASCADE
);
CREATE INDEX attribute_value_of_partner ON organisations.attribute_value (partner_id);
ALTER TABLE organisations.attribute_value ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- A partner reads the values that it keeps, and no others: see attribute_value_of_partner.
CREATE POLICY attribute_value_read ON organisations.attribute_value FOR SELECT USING (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY attribute_value_process ON organisations.attribute_value FOR INSERT WITH CHECK ((SELECT database.is_system()));
-- A company that joins in place of the partner that was invited takes its values over.
CREATE POLICY attribute_value_joined ON organisations.attribute_value FOR UPDATE USING ((SELECT database.is_system()));
CREATE POLICY attribute_value_of_vendor ON organisations.attribute_value USING (
  vendor_id = (SELECT database.vendor_scope())
  AND EXISTS (SELECT 1 FROM organisations.partner_attribute a WHERE a.id = attribute_id AND a.owner = 'vendor'));
CREATE POLICY attribute_value_of_partner ON organisations.attribute_value USING (
  partner_id = (SELECT database.partner_scope())
  AND EXISTS (SELECT 1 FROM organisations.partner_attribute a WHERE a.id = attribute_id AND a.owner = 'partner'));
GRANT SELECT, INSERT, UPDATE, DELETE ON organisations.attribute_value TO throughline_app;
