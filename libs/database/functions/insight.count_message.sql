CREATE OR REPLACE FUNCTION insight.count_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
  SELECT NEW.activation_id, NEW.partner_id, NEW.vendor_id, NEW.step_key, coalesce(NEW.variant, ''), (NEW.settled_at AT TIME ZONE 'UTC')::date, metric, 1
  FROM unnest(insight.message_metrics(NEW.state, NEW.reason)) metric;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER count_message AFTER INSERT ON delivery.message FOR EACH ROW
  WHEN (NEW.settled_at IS NOT NULL AND NEW.state IN ('accepted', 'delivered', 'bounced', 'complained', 'failed')) EXECUTE FUNCTION insight.count_message();
