-- needs: insight.step_of_lead
-- A won deal counts on the day it closed, as its amount does. Another day, or another stage, takes it back there.
CREATE OR REPLACE FUNCTION insight.count_deal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
  SELECT a.id, a.partner_id, a.vendor_id, p.step_key, p.variant, d.closed_on, 'won', sum(d.n)
  FROM (SELECT NEW.activation_id, NEW.contact_id, NEW.closed_on, 1 AS n WHERE NEW.stage = 'won'
        UNION ALL
        SELECT OLD.activation_id, OLD.contact_id, OLD.closed_on, -1 WHERE TG_OP = 'UPDATE' AND OLD.stage = 'won') d
    JOIN activations.activation a ON a.id = d.activation_id, insight.step_of_lead(d.activation_id, d.contact_id) p
  GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(d.n) <> 0;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER count_new_deal AFTER INSERT ON leads.deal FOR EACH ROW
  WHEN (NEW.stage = 'won') EXECUTE FUNCTION insight.count_deal();
CREATE OR REPLACE TRIGGER count_changed_deal AFTER UPDATE ON leads.deal FOR EACH ROW
  WHEN ((NEW.stage, NEW.closed_on) IS DISTINCT FROM (OLD.stage, OLD.closed_on)) EXECUTE FUNCTION insight.count_deal();
