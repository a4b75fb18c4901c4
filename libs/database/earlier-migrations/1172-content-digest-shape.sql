-- A digest says more than it did: which shape it has is written beside it, and one of an older shape is made anew when somebody asks.
ALTER TABLE content.campaign_digest ADD COLUMN shape smallint NOT NULL DEFAULT 1;
GRANT UPDATE ON content.campaign_digest TO throughline_app;
