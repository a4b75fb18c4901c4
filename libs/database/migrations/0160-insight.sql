-- needs: database.is_system, database.partner_scope, database.refuse_change

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
ALTER TABLE insight.daily ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- No policy for vendors: they see releases only.
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

-- Activations whose contacts have all finished, and when the partner was told of their results.
CREATE TABLE insight.finished_activation (
  activation_id uuid PRIMARY KEY REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  finished_at timestamptz NOT NULL,
  told_at timestamptz
);
CREATE INDEX finished_activation_due ON insight.finished_activation (finished_at) WHERE told_at IS NULL;
ALTER TABLE insight.finished_activation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY finished_activation_process ON insight.finished_activation USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON insight.finished_activation TO throughline_app;

-- The last week of which a partner was told, or in which nothing happened: its Monday.
CREATE TABLE insight.weekly_mail (
  partner_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  week_on date NOT NULL
);
ALTER TABLE insight.weekly_mail ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY weekly_mail_process ON insight.weekly_mail USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON insight.weekly_mail TO throughline_app;

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

-- The next week and the next four weeks of each vendor whose results are released. One transaction
-- releases them and moves the row on.
CREATE TABLE insight.result_progress (
  vendor_id uuid NOT NULL,
  rhythm text NOT NULL CHECK (rhythm IN ('week', 'four-weeks')),
  next_on date NOT NULL,
  PRIMARY KEY (vendor_id, rhythm)
);
CREATE INDEX result_progress_next ON insight.result_progress (next_on);
ALTER TABLE insight.result_progress ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY result_progress_process ON insight.result_progress USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON insight.result_progress TO throughline_app;

-- In which spans of the last year a person was counted in a vendor's results. It bounds what one
-- person can move. The row outlives an erased contact, like its messages: ids and days only.
CREATE TABLE insight.counted_person (
  vendor_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  -- First days: of weeks (messages), and of four weeks (responses; steps and variants).
  weeks jsonb NOT NULL,
  response_spans jsonb NOT NULL,
  part_spans jsonb NOT NULL,
  -- The first day of the newest span. Deleted when it no longer bounds anything.
  last_on date NOT NULL,
  PRIMARY KEY (vendor_id, contact_id)
) WITH (fillfactor = 80);
CREATE INDEX counted_person_by_age ON insight.counted_person (vendor_id, last_on);
ALTER TABLE insight.counted_person ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY counted_person_process ON insight.counted_person USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON insight.counted_person TO throughline_app;

-- Medians of partners, as bands, released once with the results of four weeks.
CREATE TABLE insight.median_band (
  vendor_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  starts_on date NOT NULL,
  -- Null: the partners without a group.
  group_id uuid,
  senders integer NOT NULL,
  bands jsonb NOT NULL,
  UNIQUE NULLS NOT DISTINCT (campaign_id, starts_on, group_id)
);
CREATE TRIGGER median_band_is_final BEFORE UPDATE OR DELETE ON insight.median_band
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE insight.median_band ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY median_band_process ON insight.median_band USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON insight.median_band TO throughline_app;
