-- What other libs may read of this schema. With security_invoker the row-level security of the
-- tables holds for the reader. PostgreSQL inlines these views, so plans are those of the tables.

CREATE VIEW activations.activation_view WITH (security_invoker = true) AS
  SELECT id, partner_id, vendor_id, campaign_id, version_id, list_id, status, status_reason, locale, slots, launched_at, enrolled_at
  FROM activations.activation;
GRANT SELECT ON activations.activation_view TO throughline_app;

CREATE VIEW activations.asset_use_view WITH (security_invoker = true) AS
  SELECT activation_id, kind, key, first_at
  FROM activations.asset_use;
GRANT SELECT ON activations.asset_use_view TO throughline_app;

CREATE VIEW activations.campaign_news_view WITH (security_invoker = true) AS
  SELECT version_id, partner_id, vendor_id, campaign_id, kind, recorded_at
  FROM activations.campaign_news;
GRANT SELECT ON activations.campaign_news_view TO throughline_app;
