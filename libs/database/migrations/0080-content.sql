-- needs: database.is_system

-- Images that anyone may load by their hash, because e-mails and pages show them. Other blobs need
-- a row that refers to them.
CREATE TABLE content.public_image (
  hash text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
  media_type text NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg', 'image/webp')),
  created_at timestamptz NOT NULL
);
ALTER TABLE content.public_image ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY public_image_read ON content.public_image FOR SELECT USING (true);
CREATE POLICY public_image_add ON content.public_image FOR INSERT WITH CHECK ((SELECT database.is_system()));
GRANT SELECT, INSERT ON content.public_image TO throughline_app;

-- What a list of campaigns shows of each, by the hash of the compiled campaign. Without it a
-- partner's home page would unpack megabytes for each card. A missing digest is made on demand.
CREATE TABLE content.campaign_digest (
  compiled_hash text PRIMARY KEY CHECK (compiled_hash ~ '^[0-9a-f]{64}$'),
  digest jsonb NOT NULL,
  -- Version of the digest's format. A digest in an older format is made again on demand.
  shape smallint NOT NULL DEFAULT 1
);
ALTER TABLE content.campaign_digest ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY campaign_digest_process ON content.campaign_digest USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON content.campaign_digest TO throughline_app;
