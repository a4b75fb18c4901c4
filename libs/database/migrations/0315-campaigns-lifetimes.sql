-- needs: database.is_system, database.partner_scope, database.vendor_scope

-- When a campaign is to be reviewed and when it ends, as its vendor has set. No row: neither.
CREATE TABLE campaigns.lifetime (
  campaign_id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL,
  review_on date,
  -- The last day: it is retired after it.
  expires_on date,
  -- What landing pages do after a retirement: accept leads, or show a notice.
  pages_after_end text NOT NULL DEFAULT 'leads' CHECK (pages_after_end IN ('leads', 'notice')),
  changed_at timestamptz NOT NULL,
  changed_by text NOT NULL,
  FOREIGN KEY (campaign_id, vendor_id) REFERENCES campaigns.campaign (id, vendor_id) ON DELETE CASCADE
);
CREATE INDEX lifetime_expiring ON campaigns.lifetime (expires_on) WHERE expires_on IS NOT NULL;
ALTER TABLE campaigns.lifetime ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY lifetime_of_vendor ON campaigns.lifetime USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY lifetime_for_system ON campaigns.lifetime FOR SELECT USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON campaigns.lifetime TO throughline_app;
GRANT UPDATE (review_on, expires_on, pages_after_end, changed_at, changed_by) ON campaigns.lifetime TO throughline_app;

CREATE VIEW campaigns.lifetime_view WITH (security_invoker = true) AS
  SELECT campaign_id, vendor_id, review_on, expires_on FROM campaigns.lifetime;
GRANT SELECT ON campaigns.lifetime_view TO throughline_app;

-- Days of the library's assets, for what else reminds of them.
CREATE VIEW assets.asset_date_view WITH (security_invoker = true) AS
  SELECT id, vendor_id, kind, title, review_on, expires_on, updated_by FROM assets.asset WHERE deleted_at IS NULL;
GRANT SELECT ON assets.asset_date_view TO throughline_app;
CREATE VIEW assets.download_view WITH (security_invoker = true) AS
  SELECT asset_id, vendor_id, partner_id FROM assets.download;
GRANT SELECT ON assets.download_view TO throughline_app;
