-- What other libs may read of this schema. With security_invoker the row-level security of the
-- tables holds for the reader. PostgreSQL inlines these views, so plans are those of the tables.

CREATE VIEW campaigns.campaign_view WITH (security_invoker = true) AS
  SELECT id, vendor_id, name
  FROM campaigns.campaign;
GRANT SELECT ON campaigns.campaign_view TO throughline_app;

CREATE VIEW campaigns.campaign_version_view WITH (security_invoker = true) AS
  SELECT id, campaign_id, vendor_id, number, status, theme, title, compiled_hash, published_at
  FROM campaigns.campaign_version;
GRANT SELECT ON campaigns.campaign_version_view TO throughline_app;
