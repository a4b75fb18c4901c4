-- needs: database.vendor_scope

-- Files of a version that were copied from the vendor's library, to find where an asset is used.
CREATE TABLE campaigns.library_use (
  version_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  path text NOT NULL,
  hash text NOT NULL,
  PRIMARY KEY (version_id, path),
  FOREIGN KEY (version_id, vendor_id) REFERENCES campaigns.campaign_version (id, vendor_id) ON DELETE CASCADE
);
CREATE INDEX library_use_of_hash ON campaigns.library_use (vendor_id, hash);
ALTER TABLE campaigns.library_use ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY library_use_of_vendor ON campaigns.library_use USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, DELETE ON campaigns.library_use TO throughline_app;
