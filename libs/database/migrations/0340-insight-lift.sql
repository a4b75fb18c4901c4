-- needs: database.is_system

-- When activations began: the horizon of their comparisons follows from it.
CREATE VIEW activations.start_view WITH (security_invoker = true) AS
  SELECT id, partner_id, vendor_id, campaign_id, start_at
  FROM activations.activation;
GRANT SELECT ON activations.start_view TO throughline_app;

-- What the hold-outs of a campaign show over several partners: made once from five or more of them and never
-- again. Of two sums with and without one partner, the difference would be that partner's number.
CREATE TABLE insight.lift_batch (
  campaign_id uuid NOT NULL REFERENCES campaigns.campaign (id),
  number integer NOT NULL,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- The Monday on which all of its comparisons had been read.
  made_on date NOT NULL,
  partners integer NOT NULL CHECK (partners >= 5),
  -- A row per activation, without its id: leads and contacts written to, leads and contacts held out.
  strata jsonb NOT NULL,
  PRIMARY KEY (campaign_id, number)
);
-- Activations that are in a batch.
CREATE TABLE insight.lift_activation (
  activation_id uuid PRIMARY KEY REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  number integer NOT NULL,
  FOREIGN KEY (campaign_id, number) REFERENCES insight.lift_batch (campaign_id, number)
);
ALTER TABLE insight.lift_batch ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE insight.lift_activation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY lift_batch_process ON insight.lift_batch USING ((SELECT database.is_system()));
CREATE POLICY lift_activation_process ON insight.lift_activation USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON insight.lift_batch TO throughline_app;
GRANT SELECT, INSERT ON insight.lift_activation TO throughline_app;
