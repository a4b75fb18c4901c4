CREATE SCHEMA content;
GRANT USAGE ON SCHEMA content TO throughline_app;

-- Pictures that anybody may fetch by their hash, because mails and pages show them; every other blob is nobody's without a row that names it.
CREATE TABLE content.public_image (
  hash text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
  media_type text NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg', 'image/webp')),
  created_at timestamptz NOT NULL
);

ALTER TABLE content.public_image ENABLE ROW LEVEL SECURITY;
ALTER TABLE content.public_image FORCE ROW LEVEL SECURITY;
CREATE POLICY public_image_read ON content.public_image FOR SELECT USING (true);
CREATE POLICY public_image_add ON content.public_image FOR INSERT WITH CHECK ((SELECT database.is_system()));

GRANT SELECT, INSERT ON content.public_image TO throughline_app;
