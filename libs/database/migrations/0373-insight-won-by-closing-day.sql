-- needs: insight.count_deal, insight.interaction_metric, insight.recount_click, insight.step_of_lead

-- Won deals counted on the day on which their lead was marked won, and their amounts on the day they closed. Both
-- count on the day they closed now.
SELECT set_config('throughline.system', 'on', true);
LOCK TABLE leads.deal IN SHARE MODE;
DELETE FROM insight.daily WHERE metric IN ('won', 'reopened-leads');
DELETE FROM insight.delta WHERE metric IN ('won', 'reopened-leads');
INSERT INTO insight.daily (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
  SELECT a.id, a.partner_id, a.vendor_id, p.step_key, p.variant, d.closed_on, 'won', count(*)
  FROM leads.deal d JOIN activations.activation a ON a.id = d.activation_id,
    insight.step_of_lead(d.activation_id, d.contact_id) p
  WHERE d.stage = 'won' GROUP BY 1, 2, 3, 4, 5, 6;
SELECT set_config('throughline.system', '', true);
