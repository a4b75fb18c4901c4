CREATE SCHEMA insight;
GRANT USAGE ON SCHEMA insight TO throughline_app;

-- Numbers by activation, step and day (UTC), folded together now and then from `delta`. Nobody's address, name or id of a contact.
CREATE TABLE insight.daily (
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  -- Empty where it belongs to no step: somebody came by the landing page alone.
  step_key text NOT NULL,
  on_day date NOT NULL,
  metric text NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (activation_id, step_key, on_day, metric)
);
CREATE INDEX daily_of_partner ON insight.daily (partner_id, on_day);
CREATE INDEX daily_of_vendor ON insight.daily (vendor_id, on_day);

-- What was counted since the last fold: a row in the same transaction as the ledger's, so that the sum of both is exact at every moment,
-- and no two senders wait for one counter.
CREATE TABLE insight.delta (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  step_key text NOT NULL,
  on_day date NOT NULL,
  metric text NOT NULL,
  n bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX delta_of_partner ON insight.delta (partner_id);
CREATE INDEX delta_of_vendor ON insight.delta (vendor_id);

-- When a partner's brand profile was complete for the first time.
CREATE TABLE insight.brand_completion (
  partner_id uuid PRIMARY KEY,
  completed_at timestamptz NOT NULL
);

ALTER TABLE insight.daily ENABLE ROW LEVEL SECURITY;
ALTER TABLE insight.daily FORCE ROW LEVEL SECURITY;
ALTER TABLE insight.delta ENABLE ROW LEVEL SECURITY;
ALTER TABLE insight.delta FORCE ROW LEVEL SECURITY;
ALTER TABLE insight.brand_completion ENABLE ROW LEVEL SECURITY;
ALTER TABLE insight.brand_completion FORCE ROW LEVEL SECURITY;
-- No policy for vendors: what they may know goes through the code that hides small groups.
CREATE POLICY daily_process ON insight.daily USING ((SELECT database.is_system()));
CREATE POLICY daily_partner ON insight.daily FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY delta_process ON insight.delta USING ((SELECT database.is_system()));
CREATE POLICY delta_partner ON insight.delta FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY delta_add ON insight.delta FOR INSERT WITH CHECK (true);
CREATE POLICY brand_completion_process ON insight.brand_completion USING ((SELECT database.is_system()));
CREATE POLICY brand_completion_add ON insight.brand_completion FOR INSERT WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON insight.daily, insight.delta TO throughline_app;
GRANT SELECT, INSERT ON insight.brand_completion TO throughline_app;

CREATE VIEW insight.fact WITH (security_invoker = true) AS
  SELECT activation_id, partner_id, vendor_id, step_key, on_day, metric, n FROM insight.daily
  UNION ALL SELECT activation_id, partner_id, vendor_id, step_key, on_day, metric, n FROM insight.delta;
GRANT SELECT ON insight.fact TO throughline_app;

-- What one message counts as. All of it counts on the day of its hand-over, so that sent = delivered + bounced in every window.
CREATE FUNCTION insight.message_metrics(state text, reason text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE state
    WHEN 'accepted' THEN ARRAY['sent']
    WHEN 'delivered' THEN ARRAY['sent']
    WHEN 'complained' THEN ARRAY['sent', 'complained']
    WHEN 'bounced' THEN ARRAY['sent', CASE WHEN reason IN ('bounced-hard', 'bounced-soft', 'bounced-block') THEN reason ELSE 'bounced-unknown' END]
    WHEN 'failed' THEN ARRAY['failed']
    ELSE ARRAY[]::text[]
  END $$;

CREATE FUNCTION insight.touch_metric(kind text, verdict text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE kind
    WHEN 'click' THEN CASE verdict WHEN 'human' THEN 'clicks' ELSE 'machine-clicks' END
    WHEN 'unsubscribe' THEN 'unsubscribed'
    WHEN 'reply' THEN 'replies'
    WHEN 'lead' THEN 'leads'
    WHEN 'won' THEN 'won'
  END $$;

CREATE FUNCTION insight.count_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, on_day, metric, n)
  SELECT NEW.activation_id, NEW.partner_id, NEW.vendor_id, NEW.step_key, (NEW.settled_at AT TIME ZONE 'UTC')::date, m.metric, sum(m.n)
  FROM (SELECT unnest(insight.message_metrics(NEW.state, NEW.reason)) AS metric, 1 AS n
        UNION ALL SELECT unnest(CASE WHEN TG_OP = 'UPDATE' THEN insight.message_metrics(OLD.state, OLD.reason) ELSE ARRAY[]::text[] END), -1) m
  GROUP BY m.metric HAVING sum(m.n) <> 0;
  RETURN NULL;
END $$;
-- The conditions keep claims and leases, which are most of the writes, free of it.
CREATE TRIGGER message_counts AFTER UPDATE ON delivery.message FOR EACH ROW
  WHEN ((NEW.state, NEW.reason) IS DISTINCT FROM (OLD.state, OLD.reason) AND NEW.settled_at IS NOT NULL
    AND NEW.state IN ('accepted', 'delivered', 'bounced', 'complained', 'failed')) EXECUTE FUNCTION insight.count_message();
CREATE TRIGGER message_counts_at_once AFTER INSERT ON delivery.message FOR EACH ROW
  WHEN (NEW.settled_at IS NOT NULL AND NEW.state IN ('accepted', 'delivered', 'bounced', 'complained', 'failed')) EXECUTE FUNCTION insight.count_message();

CREATE FUNCTION insight.count_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, on_day, metric, n)
  VALUES (NEW.activation_id, NEW.partner_id, NEW.vendor_id,
    coalesce((SELECT step_key FROM delivery.message WHERE id = NEW.message_id), ''),
    (NEW.at AT TIME ZONE 'UTC')::date, insight.touch_metric(NEW.kind, NEW.verdict), 1);
  RETURN NULL;
END $$;

-- Leaving twice is leaving once.
ALTER TABLE engagement.touch DISABLE TRIGGER touch_is_final;
ALTER TABLE engagement.touch NO FORCE ROW LEVEL SECURITY;
DELETE FROM engagement.touch t USING engagement.touch first
  WHERE t.kind = 'unsubscribe' AND first.kind = 'unsubscribe' AND first.message_id = t.message_id AND first.id < t.id;
CREATE UNIQUE INDEX touch_leaves_once ON engagement.touch (message_id) WHERE kind = 'unsubscribe';

-- Leads and their success are touches, too: what is counted comes from two ledgers and nowhere else.
CREATE UNIQUE INDEX touch_lead_once ON engagement.touch (activation_id, contact_id, kind) WHERE kind IN ('lead', 'won');
ALTER TABLE leads.lead NO FORCE ROW LEVEL SECURITY;
ALTER TABLE activations.activation NO FORCE ROW LEVEL SECURITY;
INSERT INTO engagement.touch (id, partner_id, vendor_id, activation_id, contact_id, kind, at)
  SELECT gen_random_uuid(), l.partner_id, a.vendor_id, l.activation_id, l.contact_id, 'lead', l.created_at
  FROM leads.lead l JOIN activations.activation a ON a.id = l.activation_id;
INSERT INTO engagement.touch (id, partner_id, vendor_id, activation_id, contact_id, kind, at)
  SELECT gen_random_uuid(), l.partner_id, a.vendor_id, l.activation_id, l.contact_id, 'won', l.updated_at
  FROM leads.lead l JOIN activations.activation a ON a.id = l.activation_id WHERE l.status = 'won';
ALTER TABLE activations.activation FORCE ROW LEVEL SECURITY;
ALTER TABLE leads.lead FORCE ROW LEVEL SECURITY;
ALTER TABLE engagement.touch FORCE ROW LEVEL SECURITY;
ALTER TABLE engagement.touch ENABLE TRIGGER touch_is_final;
CREATE POLICY touch_partner_add ON engagement.touch FOR INSERT
  WITH CHECK (partner_id = (SELECT database.partner_scope()) AND kind IN ('lead', 'won'));

CREATE TRIGGER touch_counts AFTER INSERT ON engagement.touch FOR EACH ROW
  WHEN (NEW.kind <> 'form') EXECUTE FUNCTION insight.count_touch();

-- The same fields as libs/brand says are missing; a test holds the two together.
CREATE FUNCTION insight.is_brand_complete(profile jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT bool_and(coalesce(value, '') <> '') FROM unnest(ARRAY[profile ->> 'name', profile ->> 'postalAddress', profile ->> 'countryCode',
    profile ->> 'timeZone', profile ->> 'website', profile #>> '{contact,name}', profile #>> '{contact,email}', profile ->> 'logoId']) value $$;
CREATE FUNCTION insight.note_brand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight.brand_completion (partner_id, completed_at) VALUES (NEW.partner_id, NEW.edited_at) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER brand_is_complete AFTER INSERT ON brand.brand_profile_version FOR EACH ROW
  WHEN (insight.is_brand_complete(NEW.profile)) EXECUTE FUNCTION insight.note_brand();
ALTER TABLE brand.brand_profile_version NO FORCE ROW LEVEL SECURITY;
INSERT INTO insight.brand_completion (partner_id, completed_at)
  SELECT partner_id, min(edited_at) FROM brand.brand_profile_version WHERE insight.is_brand_complete(profile) GROUP BY partner_id;
ALTER TABLE brand.brand_profile_version FORCE ROW LEVEL SECURITY;

-- What happened before there were numbers.
ALTER TABLE delivery.message NO FORCE ROW LEVEL SECURITY;
ALTER TABLE engagement.touch NO FORCE ROW LEVEL SECURITY;
ALTER TABLE insight.daily NO FORCE ROW LEVEL SECURITY;
INSERT INTO insight.daily (activation_id, partner_id, vendor_id, step_key, on_day, metric, n)
  SELECT m.activation_id, m.partner_id, m.vendor_id, m.step_key, (m.settled_at AT TIME ZONE 'UTC')::date, metric, count(*)
  FROM delivery.message m, unnest(insight.message_metrics(m.state, m.reason)) metric
  WHERE m.settled_at IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6;
INSERT INTO insight.daily (activation_id, partner_id, vendor_id, step_key, on_day, metric, n)
  SELECT t.activation_id, t.partner_id, t.vendor_id, coalesce(m.step_key, ''), (t.at AT TIME ZONE 'UTC')::date, insight.touch_metric(t.kind, t.verdict), count(*)
  FROM engagement.touch t LEFT JOIN delivery.message m ON m.id = t.message_id WHERE t.kind <> 'form' GROUP BY 1, 2, 3, 4, 5, 6;
DELETE FROM insight.delta;
ALTER TABLE insight.daily FORCE ROW LEVEL SECURITY;
ALTER TABLE engagement.touch FORCE ROW LEVEL SECURITY;
ALTER TABLE delivery.message FORCE ROW LEVEL SECURITY;
