CREATE OR REPLACE FUNCTION insight.count_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
  SELECT NEW.activation_id, NEW.partner_id, NEW.vendor_id, p.step_key, p.variant, (NEW.at AT TIME ZONE 'UTC')::date, insight.touch_metric(NEW.kind, NEW.verdict), 1
  FROM insight.place_of(NEW.message_id) p;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER touch_counts AFTER INSERT ON engagement.touch FOR EACH ROW
  WHEN (NEW.kind <> 'form') EXECUTE FUNCTION insight.count_touch();
