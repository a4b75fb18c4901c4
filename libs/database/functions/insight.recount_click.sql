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

CREATE OR REPLACE TRIGGER touch_verdict_counts AFTER INSERT ON engagement.touch_verdict FOR EACH ROW EXECUTE FUNCTION insight.recount_click();
