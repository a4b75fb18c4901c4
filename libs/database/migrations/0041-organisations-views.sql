-- What other libs may read of this schema. With security_invoker the row-level security of the
-- tables holds for the reader. PostgreSQL inlines these views, so plans are those of the tables.

CREATE VIEW organisations.organisation_view WITH (security_invoker = true) AS
  SELECT id, kind, name, country_code, time_zone
  FROM organisations.organisation;
GRANT SELECT ON organisations.organisation_view TO throughline_app;

CREATE VIEW organisations.membership_view WITH (security_invoker = true) AS
  SELECT vendor_id, programme_id, partner_id, tier, region, status, invited_at, joined_at
  FROM organisations.membership;
GRANT SELECT ON organisations.membership_view TO throughline_app;

CREATE VIEW organisations.partner_group_view WITH (security_invoker = true) AS
  SELECT id, vendor_id, programme_id, rule
  FROM organisations.partner_group;
GRANT SELECT ON organisations.partner_group_view TO throughline_app;
