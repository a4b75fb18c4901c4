-- A later look at a click: the newest verdict counts, older ones stay with their reasons. Append-only, like the touch itself.
CREATE TABLE engagement.touch_verdict (
  id uuid PRIMARY KEY,
  touch_id uuid NOT NULL REFERENCES engagement.touch (id),
  partner_id uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('human', 'machine')),
  why text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX touch_verdict_newest ON engagement.touch_verdict (touch_id, id DESC);

-- The page behind a click was opened. It may arrive before the click does, which is written later.
CREATE TABLE engagement.click_opened (
  touch_id uuid PRIMARY KEY,
  at timestamptz NOT NULL
);
CREATE INDEX touch_clicks_lately ON engagement.touch (at) WHERE kind = 'click';

ALTER TABLE engagement.touch_verdict ENABLE ROW LEVEL SECURITY;
ALTER TABLE engagement.touch_verdict FORCE ROW LEVEL SECURITY;
ALTER TABLE engagement.click_opened ENABLE ROW LEVEL SECURITY;
ALTER TABLE engagement.click_opened FORCE ROW LEVEL SECURITY;
CREATE POLICY touch_verdict_process ON engagement.touch_verdict USING ((SELECT database.is_system()));
CREATE POLICY touch_verdict_partner ON engagement.touch_verdict FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY click_opened_process ON engagement.click_opened USING ((SELECT database.is_system()));
CREATE TRIGGER touch_verdict_is_final BEFORE UPDATE OR DELETE ON engagement.touch_verdict FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
GRANT SELECT, INSERT ON engagement.touch_verdict, engagement.click_opened TO throughline_app;

-- Touches with the verdict that counts now.
CREATE VIEW engagement.judged_touch WITH (security_invoker = true) AS
  SELECT t.id, t.partner_id, t.vendor_id, t.activation_id, t.message_id, t.contact_id, t.kind, t.link_name, t.at,
    coalesce(v.verdict, t.verdict) AS verdict, coalesce(v.why, t.why) AS why
  FROM engagement.touch t
  LEFT JOIN LATERAL (SELECT verdict, why FROM engagement.touch_verdict WHERE touch_id = t.id ORDER BY id DESC LIMIT 1) v ON true;
GRANT SELECT ON engagement.judged_touch TO throughline_app;

CREATE FUNCTION insight.recount_click() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  click engagement.touch;
  before text;
BEGIN
  SELECT * INTO STRICT click FROM engagement.touch WHERE id = NEW.touch_id;
  SELECT coalesce((SELECT verdict FROM engagement.touch_verdict WHERE touch_id = NEW.touch_id AND id <> NEW.id ORDER BY id DESC LIMIT 1), click.verdict) INTO before;
  IF before = NEW.verdict THEN RETURN NULL; END IF;
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, on_day, metric, n)
  SELECT click.activation_id, click.partner_id, click.vendor_id, coalesce((SELECT step_key FROM delivery.message WHERE id = click.message_id), ''),
    (click.at AT TIME ZONE 'UTC')::date, insight.touch_metric('click', side.verdict), side.n
  FROM (VALUES (before, -1), (NEW.verdict, 1)) side (verdict, n);
  RETURN NULL;
END $$;
CREATE TRIGGER touch_verdict_counts AFTER INSERT ON engagement.touch_verdict FOR EACH ROW EXECUTE FUNCTION insight.recount_click();
