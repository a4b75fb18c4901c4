CREATE OR REPLACE FUNCTION insight.recount_click() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  interaction engagement.interaction;
  before text;
BEGIN
  SELECT * INTO STRICT interaction FROM engagement.interaction WHERE id = NEW.interaction_id;
  SELECT coalesce((SELECT verdict FROM engagement.interaction_verdict WHERE interaction_id = NEW.interaction_id AND id <> NEW.id ORDER BY id DESC LIMIT 1), interaction.verdict, 'human') INTO before;
  IF before = NEW.verdict THEN RETURN NULL; END IF;
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
  SELECT interaction.activation_id, interaction.partner_id, interaction.vendor_id, p.step_key, p.variant, (interaction.at AT TIME ZONE 'UTC')::date, metric, side.n
  FROM insight.step_of_message(interaction.message_id) p, (VALUES (before, -1), (NEW.verdict, 1)) side (verdict, n),
    insight.interaction_metric(interaction.kind, side.verdict) metric
  WHERE metric IS NOT NULL;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER recount_click AFTER INSERT ON engagement.interaction_verdict FOR EACH ROW EXECUTE FUNCTION insight.recount_click();
