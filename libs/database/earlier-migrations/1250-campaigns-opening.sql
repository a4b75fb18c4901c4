-- A version that came after another one and of whose opening nobody has been told, so that those who run the campaign are told once, on the
-- day it opens. Versions that were published before this table was there are no news.
CREATE TABLE campaigns.opening (
  version_id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  opens_on date NOT NULL,
  FOREIGN KEY (version_id, vendor_id) REFERENCES campaigns.campaign_version (id, vendor_id)
);
CREATE INDEX opening_due ON campaigns.opening (opens_on);
ALTER TABLE campaigns.opening ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaigns.opening FORCE ROW LEVEL SECURITY;
CREATE POLICY opening_of_vendor ON campaigns.opening FOR INSERT WITH CHECK (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY opening_process ON campaigns.opening USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON campaigns.opening TO throughline_app;
