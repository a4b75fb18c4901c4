-- A new click waits longer than the decoy link takes (libs/engagement/src/click-verdict.ts). Later
-- facts are evaluated at once.
CREATE OR REPLACE FUNCTION leads.enqueue_evaluation(click engagement.interaction, wait interval) RETURNS void LANGUAGE sql AS $$
  INSERT INTO leads.click_evaluation (activation_id, contact_id, partner_id, not_before)
  SELECT a.id, click.contact_id, a.partner_id, clock_timestamp() + wait
  FROM activations.activation a WHERE a.id = click.activation_id AND a.leads_from_clicks AND click.contact_id IS NOT NULL AND click.kind = 'click' $$;
