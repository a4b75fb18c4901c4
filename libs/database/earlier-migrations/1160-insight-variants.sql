-- Which recipient variant a message was rendered as: its locale and the conditions that held, by the name that the renderer gives it. Written with
-- the hand-over, so that no crash can lose it. The vendor's words, not the person's values. Null where it went out before this was written down.
ALTER TABLE delivery.message ADD COLUMN variant text CHECK (length(variant) BETWEEN 1 AND 450);

-- Numbers by variant, too. Empty is what was not written down, or belongs to no message.
ALTER TABLE insight.daily ADD COLUMN variant text NOT NULL DEFAULT '';
ALTER TABLE insight.daily ALTER COLUMN variant DROP DEFAULT,
  DROP CONSTRAINT daily_pkey, ADD PRIMARY KEY (activation_id, step_key, variant, on_day, metric);
ALTER TABLE insight.delta ADD COLUMN variant text NOT NULL DEFAULT '';
ALTER TABLE insight.delta ALTER COLUMN variant DROP DEFAULT;

CREATE OR REPLACE VIEW insight.fact WITH (security_invoker = true) AS
  SELECT activation_id, partner_id, vendor_id, step_key, on_day, metric, n, variant FROM insight.daily
  UNION ALL SELECT activation_id, partner_id, vendor_id, step_key, on_day, metric, n, variant FROM insight.delta;

CREATE OR REPLACE FUNCTION insight.count_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
  SELECT NEW.activation_id, NEW.partner_id, NEW.vendor_id, NEW.step_key, coalesce(NEW.variant, ''), (NEW.settled_at AT TIME ZONE 'UTC')::date, metric, 1
  FROM unnest(insight.message_metrics(NEW.state, NEW.reason)) metric;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION insight.count_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Claims and leases, which are most of the writes, settle nothing.
  IF NOT EXISTS (SELECT FROM after_rows WHERE settled_at IS NOT NULL) THEN RETURN NULL; END IF;
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
  SELECT c.activation_id, c.partner_id, c.vendor_id, c.step_key, m.variant, (c.settled_at AT TIME ZONE 'UTC')::date, m.metric, sum(m.n)
  FROM after_rows c JOIN before_rows b ON b.id = c.id,
    LATERAL (SELECT coalesce(c.variant, '') AS variant, unnest(insight.message_metrics(c.state, c.reason)) AS metric, 1 AS n
             UNION ALL SELECT coalesce(b.variant, ''), unnest(insight.message_metrics(b.state, b.reason)), -1) m
  WHERE c.settled_at IS NOT NULL AND (c.state, c.reason, c.variant) IS DISTINCT FROM (b.state, b.reason, b.variant)
    AND c.state IN ('accepted', 'delivered', 'bounced', 'complained', 'failed')
  GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(m.n) <> 0;
  RETURN NULL;
END $$;

-- Of which step and variant a message is; empty for what belongs to none.
CREATE FUNCTION insight.place_of(message uuid, OUT step_key text, OUT variant text) LANGUAGE sql STABLE AS $$
  SELECT coalesce(max(m.step_key), ''), coalesce(max(m.variant), '') FROM delivery.message m WHERE m.id = message $$;

CREATE OR REPLACE FUNCTION insight.count_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
  SELECT NEW.activation_id, NEW.partner_id, NEW.vendor_id, p.step_key, p.variant, (NEW.at AT TIME ZONE 'UTC')::date, insight.touch_metric(NEW.kind, NEW.verdict), 1
  FROM insight.place_of(NEW.message_id) p;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION insight.recount_click() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touch engagement.touch;
  before text;
BEGIN
  SELECT * INTO STRICT touch FROM engagement.touch WHERE id = NEW.touch_id;
  SELECT coalesce((SELECT verdict FROM engagement.touch_verdict WHERE touch_id = NEW.touch_id AND id <> NEW.id ORDER BY id DESC LIMIT 1), touch.verdict, 'human') INTO before;
  IF before = NEW.verdict THEN RETURN NULL; END IF;
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
  SELECT touch.activation_id, touch.partner_id, touch.vendor_id, p.step_key, p.variant, (touch.at AT TIME ZONE 'UTC')::date, insight.touch_metric(touch.kind, side.verdict), side.n
  FROM insight.place_of(touch.message_id) p, (VALUES (before, -1), (NEW.verdict, 1)) side (verdict, n);
  RETURN NULL;
END $$;
