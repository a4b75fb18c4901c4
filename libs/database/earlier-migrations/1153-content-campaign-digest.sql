-- What a list of campaigns says of each, by the hash of what was compiled: a partner's home would unpack megabytes for every card else.
-- What was compiled before has none; it is made when somebody asks for it.
CREATE TABLE content.campaign_digest (
  compiled_hash text PRIMARY KEY CHECK (compiled_hash ~ '^[0-9a-f]{64}$'),
  digest jsonb NOT NULL
);
ALTER TABLE content.campaign_digest ENABLE ROW LEVEL SECURITY;
ALTER TABLE content.campaign_digest FORCE ROW LEVEL SECURITY;
CREATE POLICY campaign_digest_process ON content.campaign_digest USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON content.campaign_digest TO throughline_app;
