-- Why the product itself ended a version; readers get it in their language. Null: its vendor did, with `ended_reason`.
ALTER TABLE campaigns.campaign_version ADD COLUMN ended_code text CHECK (ended_code IN ('last-day'));
GRANT UPDATE (ended_code) ON campaigns.campaign_version TO throughline_app;
CREATE VIEW campaigns.expired_version_view WITH (security_invoker = true) AS
  SELECT campaign_id, vendor_id, number, title, ended_at FROM campaigns.campaign_version
  WHERE ended_code = 'last-day' AND status = 'retired';
GRANT SELECT ON campaigns.expired_version_view TO throughline_app;
