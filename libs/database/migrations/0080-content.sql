-- needs: database.is_system

-- Pictures that anybody may fetch by their hash, because mails and pages show them; every other
-- blob is nobody's without a row that names it.
CREATE TABLE content.public_image (
  hash text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
  media_type text NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg', 'image/webp')),
  created_at timestamptz NOT NULL
);
ALTER TABLE content.public_image ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY public_image_read ON content.public_image FOR SELECT USING (true);
CREATE POLICY public_image_add ON content.public_image FOR INSERT WITH CHECK ((SELECT database.is_system()));
GRANT SELECT, INSERT ON content.public_image TO throughline_app;

-- What a list of campaigns says of each, by the hash of what was compiled: a partner's home would
-- unpack megabytes for every card else. What was compiled before has none; it is made when somebody
-- asks for it.
CREATE TABLE content.campaign_digest (
  compiled_hash text PRIMARY KEY CHECK (compiled_hash ~ '^[0-9a-f]{64}$'),
  digest jsonb NOT NULL,
  -- A digest says more than it did: which shape it has is written beside it, and one of an older
  -- shape is made anew when somebody asks.
  shape smallint NOT NULL DEFAULT 1
);
ALTER TABLE content.campaign_digest ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY campaign_digest_process ON content.campaign_digest USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON content.campaign_digest TO throughline_app;
