-- That a partner took an asset of an activation away, and when for the first time: what a vendor's assets are worth. Nobody's name.
CREATE TABLE activations.asset_use (
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('document', 'social')),
  key text NOT NULL,
  first_at timestamptz NOT NULL,
  PRIMARY KEY (activation_id, kind, key)
);
CREATE INDEX asset_use_of_vendor ON activations.asset_use (vendor_id);
ALTER TABLE activations.asset_use ENABLE ROW LEVEL SECURITY;
ALTER TABLE activations.asset_use FORCE ROW LEVEL SECURITY;
-- No policy for vendors: what they may know goes through the code that hides small groups.
CREATE POLICY asset_use_partner ON activations.asset_use USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY asset_use_process ON activations.asset_use FOR SELECT USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON activations.asset_use TO throughline_app;
