-- needs: database.is_system, database.partner_scope, database.vendor_scope

-- The e-mail that a vendor has chosen of a test in a published version. Contacts that enter from then on get it
-- and are in no group; those before keep theirs.
CREATE TABLE campaigns.test_winner (
  version_id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL,
  email text NOT NULL CHECK (length(email) BETWEEN 1 AND 60),
  applied_by text NOT NULL,
  applied_at timestamptz NOT NULL,
  FOREIGN KEY (version_id, vendor_id) REFERENCES campaigns.campaign_version (id, vendor_id)
);
ALTER TABLE campaigns.test_winner ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY test_winner_of_vendor ON campaigns.test_winner USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY test_winner_for_system ON campaigns.test_winner FOR SELECT USING ((SELECT database.is_system()));
-- The row-level security of versions decides which of them a partner sees.
CREATE POLICY test_winner_for_partner ON campaigns.test_winner FOR SELECT USING (
  (SELECT database.partner_scope()) IS NOT NULL
  AND EXISTS (SELECT FROM campaigns.campaign_version v WHERE v.id = version_id));
GRANT SELECT, INSERT, UPDATE, DELETE ON campaigns.test_winner TO throughline_app;
