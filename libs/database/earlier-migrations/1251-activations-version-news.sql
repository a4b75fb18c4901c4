-- A partner that runs a campaign of which a newer version has opened, until it is told.
CREATE TABLE activations.version_news (
  version_id uuid NOT NULL REFERENCES campaigns.campaign_version (id),
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  campaign_id uuid NOT NULL,
  PRIMARY KEY (version_id, partner_id)
);
ALTER TABLE activations.version_news ENABLE ROW LEVEL SECURITY;
ALTER TABLE activations.version_news FORCE ROW LEVEL SECURITY;
CREATE POLICY version_news_process ON activations.version_news USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON activations.version_news TO throughline_app;
