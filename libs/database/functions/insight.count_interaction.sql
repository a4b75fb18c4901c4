CREATE OR REPLACE FUNCTION insight.count_interaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
  SELECT NEW.activation_id, NEW.partner_id, NEW.vendor_id, p.step_key, p.variant, (NEW.at AT TIME ZONE 'UTC')::date, insight.interaction_metric(NEW.kind, NEW.verdict), 1
  FROM insight.step_of_message(NEW.message_id) p;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER count_interaction AFTER INSERT ON engagement.interaction FOR EACH ROW
  WHEN (NEW.kind NOT IN ('form', 'legal-link')) EXECUTE FUNCTION insight.count_interaction();
