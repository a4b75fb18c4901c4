-- needs: insight.step_of_lead
-- A won deal that is withdrawn is taken back on the day on which insight.count_deal counted it. It never changes again.
-- A function of its own: migrations apply insight.count_deal before deals have a withdrawal.
CREATE OR REPLACE FUNCTION insight.count_withdrawn_deal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
  SELECT a.id, a.partner_id, a.vendor_id, p.step_key, p.variant, OLD.closed_on, 'won', -1
  FROM activations.activation a, insight.step_of_lead(OLD.activation_id, OLD.contact_id) p WHERE a.id = OLD.activation_id;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER count_withdrawn_deal AFTER UPDATE ON leads.deal FOR EACH ROW
  WHEN (OLD.stage = 'won' AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL)
  EXECUTE FUNCTION insight.count_withdrawn_deal();
