-- needs: database.is_system, database.partner_scope, database.vendor_scope, database.manager_scope

-- Whether a partner's won deals count in the sums that a vendor sees without names. No row: they do not.
CREATE TABLE organisations.counted_deals (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  is_counted boolean NOT NULL,
  -- Deals that are decided on this day or later count.
  since_on date NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (partner_id, vendor_id)
);
CREATE INDEX counted_deals_of_vendor ON organisations.counted_deals (vendor_id);
ALTER TABLE organisations.counted_deals ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY counted_deals_process ON organisations.counted_deals USING ((SELECT database.is_system()));
CREATE POLICY counted_deals_of_its_partner ON organisations.counted_deals
  USING (partner_id = (SELECT database.partner_scope()));
-- No vendor reads it: who takes part in a sum makes the group of the others smaller.
GRANT SELECT, INSERT, UPDATE, DELETE ON organisations.counted_deals TO throughline_app;
CREATE VIEW organisations.counted_deals_view WITH (security_invoker = true) AS
  SELECT partner_id, vendor_id, since_on FROM organisations.counted_deals WHERE is_counted;
GRANT SELECT ON organisations.counted_deals_view TO throughline_app;

-- Four weeks of a vendor that were added up. Each is, once and for all.
CREATE TABLE insight.deal_sum_span (
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  ends_on date NOT NULL,
  computed_at timestamptz NOT NULL,
  PRIMARY KEY (vendor_id, ends_on)
);
ALTER TABLE insight.deal_sum_span ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY deal_sum_span_process ON insight.deal_sum_span USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON insight.deal_sum_span TO throughline_app;

-- What partners won together, less refunds, since the sum before. Never changes.
CREATE TABLE insight.deal_sum (
  vendor_id uuid NOT NULL,
  ends_on date NOT NULL,
  currency text NOT NULL,
  partners integer NOT NULL CHECK (partners >= 5),
  -- Below zero: refunds of earlier sums were more than what was won.
  minor_units bigint NOT NULL,
  PRIMARY KEY (vendor_id, currency, ends_on),
  FOREIGN KEY (vendor_id, ends_on) REFERENCES insight.deal_sum_span (vendor_id, ends_on)
);
ALTER TABLE insight.deal_sum ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY deal_sum_process ON insight.deal_sum USING ((SELECT database.is_system()));
CREATE POLICY deal_sum_vendor ON insight.deal_sum FOR SELECT USING (vendor_id = (SELECT database.vendor_scope()));
-- A sum of the whole programme counts partners of others.
CREATE POLICY deal_sum_not_of_manager ON insight.deal_sum AS RESTRICTIVE
  USING ((SELECT database.manager_scope()) IS NULL);
GRANT SELECT, INSERT ON insight.deal_sum TO throughline_app;

-- How much of a partner is in the sums of a vendor. No vendor reads it.
CREATE TABLE insight.deal_sum_part (
  vendor_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  currency text NOT NULL,
  since_on date NOT NULL,
  minor_units bigint NOT NULL,
  PRIMARY KEY (vendor_id, partner_id, currency, since_on)
);
ALTER TABLE insight.deal_sum_part ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY deal_sum_part_process ON insight.deal_sum_part USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON insight.deal_sum_part TO throughline_app;

-- Processes add deals up. They name a contact by its id only.
CREATE POLICY deal_process ON leads.deal FOR SELECT USING ((SELECT database.is_system()));
