-- needs: database.is_system, database.partner_scope

-- Counts by activation, step and day (UTC), folded from `delta` from time to time. No personal
-- data.
CREATE TABLE insight.daily (
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  -- Empty where no step is involved: the contact came through the landing page.
  step_key text NOT NULL,
  on_day date NOT NULL,
  metric text NOT NULL,
  n bigint NOT NULL,
  -- Recipient variant; empty where unknown or without a message.
  variant text NOT NULL,
  PRIMARY KEY (activation_id, step_key, variant, on_day, metric)
);
CREATE INDEX daily_of_partner ON insight.daily (partner_id, on_day);
CREATE INDEX daily_of_vendor ON insight.daily (vendor_id, on_day);
-- When an activation first had leads and won leads. Without `n`, so that changes of `n` stay HOT
-- updates.
CREATE INDEX daily_of_leads ON insight.daily (activation_id, metric, on_day) WHERE metric IN ('leads', 'won');
ALTER TABLE insight.daily ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- No policy for vendors: they see only counts above a threshold, computed by code.
CREATE POLICY daily_process ON insight.daily USING ((SELECT database.is_system()));
CREATE POLICY daily_partner ON insight.daily FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON insight.daily TO throughline_app;

-- Counts since the last fold, written in the transaction of the ledger. The sum of both tables is
-- exact at every moment, and no sender waits for a counter.
CREATE TABLE insight.delta (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  step_key text NOT NULL,
  on_day date NOT NULL,
  metric text NOT NULL,
  n bigint NOT NULL,
  variant text NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX delta_of_partner ON insight.delta (partner_id);
CREATE INDEX delta_of_vendor ON insight.delta (vendor_id);
ALTER TABLE insight.delta ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY delta_process ON insight.delta USING ((SELECT database.is_system()));
CREATE POLICY delta_partner ON insight.delta FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY delta_add ON insight.delta FOR INSERT WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON insight.delta TO throughline_app;

-- When a partner's brand profile was first complete.
CREATE TABLE insight.brand_completion (
  partner_id uuid PRIMARY KEY,
  completed_at timestamptz NOT NULL
);
ALTER TABLE insight.brand_completion ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY brand_completion_process ON insight.brand_completion USING ((SELECT database.is_system()));
CREATE POLICY brand_completion_add ON insight.brand_completion FOR INSERT WITH CHECK (true);
GRANT SELECT, INSERT ON insight.brand_completion TO throughline_app;

-- Which persons of a vendor saw the exact totals of a partner, once a day (UTC).
CREATE TABLE insight.totals_reading (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- A user or an API key.
  reader_id text NOT NULL,
  reader_name text NOT NULL,
  on_day date NOT NULL,
  first_at timestamptz NOT NULL,
  PRIMARY KEY (partner_id, vendor_id, reader_id, on_day)
);
ALTER TABLE insight.totals_reading ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY totals_reading_process ON insight.totals_reading USING ((SELECT database.is_system()));
CREATE POLICY totals_reading_partner ON insight.totals_reading FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON insight.totals_reading TO throughline_app;

CREATE VIEW insight.fact WITH (security_invoker = true) AS
  SELECT activation_id, partner_id, vendor_id, step_key, on_day, metric, n, variant FROM insight.daily
  UNION ALL SELECT activation_id, partner_id, vendor_id, step_key, on_day, metric, n, variant FROM insight.delta;
GRANT SELECT ON insight.fact TO throughline_app;
