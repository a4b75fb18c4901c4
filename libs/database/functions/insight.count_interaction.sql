-- needs: insight.interaction_metric, insight.source_metric, insight.step_of_message
CREATE OR REPLACE FUNCTION insight.count_interaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
  SELECT NEW.activation_id, NEW.partner_id, NEW.vendor_id, p.step_key, p.variant, (NEW.at AT TIME ZONE 'UTC')::date, metric, 1
  FROM insight.step_of_message(NEW.message_id) p,
    unnest(ARRAY[insight.interaction_metric(NEW.kind, NEW.verdict), insight.source_metric(NEW.kind, NEW.verdict, NEW.source)]) metric
  WHERE metric IS NOT NULL;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER count_interaction AFTER INSERT ON engagement.interaction FOR EACH ROW
  WHEN (NEW.kind <> 'legal-link') EXECUTE FUNCTION insight.count_interaction();
