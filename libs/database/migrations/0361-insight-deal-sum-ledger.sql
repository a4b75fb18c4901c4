-- needs: database.is_system, database.refuse_change

-- What of each deal is in the sums of a vendor, since which consent. Append-only: what a sum had stays as it was
-- told, and what changes later is an entry of a later sum. No vendor reads it.
CREATE TABLE insight.deal_sum_entry (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  vendor_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  -- Null: in sums before this table, and of no deal that is known now.
  deal_id uuid,
  currency text NOT NULL,
  -- Of the consent of its partner that held.
  since_on date NOT NULL,
  -- Of the sum. Null: of one before this table.
  ends_on date,
  -- Below zero: a refund or another correction.
  minor_units bigint NOT NULL,
  UNIQUE (vendor_id, ends_on, deal_id, currency)
);
CREATE INDEX deal_sum_entry_of_partner ON insight.deal_sum_entry (vendor_id, partner_id);
CREATE TRIGGER deal_sum_entry_is_final BEFORE UPDATE OR DELETE ON insight.deal_sum_entry
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE insight.deal_sum_entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY deal_sum_entry_process ON insight.deal_sum_entry USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON insight.deal_sum_entry TO throughline_app;

-- So far only what a partner had in all sums was stored. It is divided among the deals that were decided until the
-- last sum; the rest is an entry without a deal.
SELECT set_config('throughline.system', 'on', true);
WITH part AS (
  SELECT p.*, (SELECT max(s.ends_on) FROM insight.deal_sum s WHERE s.vendor_id = p.vendor_id AND s.currency = p.currency) AS last_on,
    lead(p.since_on) OVER (PARTITION BY p.vendor_id, p.partner_id, p.currency ORDER BY p.since_on) AS next_on
  FROM insight.deal_sum_part p),
of_deal AS (
  SELECT p.vendor_id, p.partner_id, d.id AS deal_id, p.currency, p.since_on, d.amount_minor - d.refunded_minor AS minor_units
  FROM part p JOIN leads.deal d ON d.partner_id = p.partner_id AND d.currency = p.currency AND d.stage = 'won'
      AND d.closed_on BETWEEN p.since_on AND p.last_on AND (p.next_on IS NULL OR d.closed_on < p.next_on)
    JOIN activations.activation a ON a.id = d.activation_id AND a.vendor_id = p.vendor_id),
rest AS (
  SELECT p.vendor_id, p.partner_id, NULL::uuid, p.currency, p.since_on, p.minor_units - coalesce(sum(o.minor_units), 0)
  FROM part p LEFT JOIN of_deal o USING (vendor_id, partner_id, currency, since_on)
  GROUP BY p.vendor_id, p.partner_id, p.currency, p.since_on, p.minor_units)
INSERT INTO insight.deal_sum_entry (vendor_id, partner_id, deal_id, currency, since_on, minor_units)
  SELECT * FROM (TABLE of_deal UNION ALL TABLE rest) entry WHERE minor_units <> 0;
SELECT set_config('throughline.system', '', true);
DROP TABLE insight.deal_sum_part;

-- Thousands of partners with the largest amounts.
ALTER TABLE insight.deal_sum ALTER COLUMN minor_units TYPE numeric(30, 0);
