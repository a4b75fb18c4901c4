-- needs: database.is_system

-- Partners that were told that a campaign they run ends in so many days, once each. A later last day is
-- told of again.
CREATE TABLE activations.end_notice (
  campaign_id uuid NOT NULL REFERENCES campaigns.campaign (id),
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  expires_on date NOT NULL,
  days integer NOT NULL CHECK (days IN (1, 7, 30)),
  told_at timestamptz NOT NULL,
  PRIMARY KEY (campaign_id, partner_id, expires_on, days)
);
ALTER TABLE activations.end_notice ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY end_notice_process ON activations.end_notice USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON activations.end_notice TO throughline_app;
