-- Partners that bring partners, in two levels. Constraints alone keep the form: a parent is a distributor of
-- the same vendor, and a distributor has no parent. So there are no cycles and no third level.
ALTER TABLE organisations.membership
  -- How the partners that it proposes join. Null: it is no distributor.
  ADD COLUMN brings_partners text CHECK (brings_partners IN ('automatic', 'approved')),
  -- What partners get that join without a person of the vendor.
  ADD COLUMN brought_tier text,
  ADD COLUMN brought_region text,
  ADD COLUMN is_distributor boolean GENERATED ALWAYS AS (brings_partners IS NOT NULL) STORED,
  -- The membership of its distributor.
  ADD COLUMN parent_id uuid,
  ADD COLUMN has_distributor boolean GENERATED ALWAYS AS (CASE WHEN parent_id IS NOT NULL THEN true END) STORED,
  -- The distributor that it had until the partnership with that one ended, and when that was.
  ADD COLUMN former_parent_id uuid REFERENCES organisations.membership (id) ON DELETE SET NULL,
  ADD COLUMN parent_ended_at timestamptz,
  ADD CONSTRAINT membership_distributor_is_whole CHECK (num_nulls(brings_partners, brought_tier, brought_region) IN (0, 3)),
  ADD CONSTRAINT membership_two_levels CHECK (parent_id IS NULL OR brings_partners IS NULL),
  ADD CONSTRAINT membership_as_parent UNIQUE (id, vendor_id, is_distributor),
  ADD CONSTRAINT membership_parent FOREIGN KEY (parent_id, vendor_id, has_distributor)
    REFERENCES organisations.membership (id, vendor_id, is_distributor);
CREATE INDEX membership_of_parent ON organisations.membership (parent_id) WHERE parent_id IS NOT NULL;

CREATE VIEW organisations.shared_totals_view WITH (security_invoker = true) AS
  SELECT partner_id, vendor_id, is_shared FROM organisations.shared_totals;
GRANT SELECT ON organisations.shared_totals_view TO throughline_app;

CREATE OR REPLACE VIEW organisations.membership_view WITH (security_invoker = true) AS
  SELECT vendor_id, programme_id, partner_id, tier, region, status, invited_at, joined_at, campaigns_end_at, manager_id,
    id, parent_id
  FROM organisations.membership;
