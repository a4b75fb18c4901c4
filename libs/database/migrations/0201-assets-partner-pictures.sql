-- needs: database.partner_scope

-- Pictures of a partner, for the places where a vendor lets it show its own.
CREATE TABLE assets.partner_picture (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  name text NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  media_type text NOT NULL,
  has_alpha boolean NOT NULL,
  bytes integer NOT NULL CHECK (bytes > 0),
  -- Upright, in pixels.
  width integer NOT NULL CHECK (width > 0),
  height integer NOT NULL CHECK (height > 0),
  -- A small picture for lists and for choosing a cut.
  preview_hash text NOT NULL,
  added_at timestamptz NOT NULL,
  added_by text NOT NULL,
  -- It is in no list. Its cuts stay, because campaigns may show them.
  deleted_at timestamptz,
  UNIQUE (id, partner_id)
);
CREATE INDEX partner_picture_of_partner ON assets.partner_picture (partner_id, id DESC);
ALTER TABLE assets.partner_picture ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY partner_picture_of_partner ON assets.partner_picture
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON assets.partner_picture TO throughline_app;
GRANT UPDATE (deleted_at) ON assets.partner_picture TO throughline_app;

-- Parts of these pictures that e-mails and pages show, by their content.
CREATE TABLE assets.partner_picture_cut (
  partner_id uuid NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  picture_id uuid NOT NULL,
  media_type text NOT NULL,
  -- Shares of width and height. Null: the whole picture.
  crop jsonb,
  width integer NOT NULL CHECK (width > 0),
  height integer NOT NULL CHECK (height > 0),
  cut_at timestamptz NOT NULL,
  PRIMARY KEY (partner_id, hash),
  FOREIGN KEY (picture_id, partner_id) REFERENCES assets.partner_picture (id, partner_id)
);
ALTER TABLE assets.partner_picture_cut ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY partner_picture_cut_of_partner ON assets.partner_picture_cut
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON assets.partner_picture_cut TO throughline_app;
