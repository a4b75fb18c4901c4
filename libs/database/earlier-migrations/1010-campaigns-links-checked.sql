-- When the links of a version were last asked about, and answered: who mended a broken page has them asked again.
ALTER TABLE campaigns.campaign_version ADD COLUMN links_asked_at timestamptz, ADD COLUMN links_checked_at timestamptz;
GRANT UPDATE (links_asked_at, links_checked_at) ON campaigns.campaign_version TO throughline_app;
