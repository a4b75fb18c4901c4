-- needs: database.is_system, database.partner_scope, database.refuse_change, database.vendor_scope

-- The vendor's library: pictures, documents, videos, texts and saved blocks beside its campaigns.
CREATE SCHEMA assets;
GRANT USAGE ON SCHEMA assets TO throughline_app;

CREATE TABLE assets.asset (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  kind text NOT NULL CHECK (kind IN ('picture', 'logo', 'document', 'video', 'text', 'block', 'signature')),
  title text NOT NULL,
  -- "Products/Edge". Empty: the top of the library.
  folder text NOT NULL,
  tags jsonb NOT NULL DEFAULT '[]',
  -- Language → text for readers who do not see a picture.
  alt jsonb NOT NULL DEFAULT '{}',
  -- What the kind needs besides a file: texts by language, the markup of a block, the address of a video.
  content jsonb NOT NULL DEFAULT '{}',
  -- Position of what matters, and of the suggested cut, as shares of width and height.
  focal jsonb,
  crop jsonb,
  -- Where a copy shows the partner's logo and contact. Null: nowhere.
  branding jsonb,
  -- Number of the file in use; null for kinds without one.
  file_number integer,
  -- Number of changes.
  version integer NOT NULL CHECK (version > 0),
  review_on date,
  expires_on date,
  -- Partners who may use it. Null: it is the vendor's own.
  shared_as text CHECK (shared_as IN ('brochure', 'battle-card', 'signature', 'logo', 'sales-play', 'picture', 'video')),
  for_everyone boolean NOT NULL DEFAULT false,
  opens_on date,
  closes_on date,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  -- It is in no list. Its files stay, because campaigns may have copies.
  deleted_at timestamptz,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  updated_at timestamptz NOT NULL,
  updated_by text NOT NULL,
  UNIQUE (id, vendor_id),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL)),
  CHECK ((shared_as IS NULL) = (opens_on IS NULL)),
  CHECK ((shared_as IS NULL) = (closes_on IS NULL))
);
CREATE INDEX asset_of_vendor ON assets.asset (vendor_id, updated_at DESC, id) WHERE deleted_at IS NULL;
ALTER TABLE assets.asset ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY asset_of_vendor ON assets.asset USING (vendor_id = (SELECT database.vendor_scope()));
-- A partner of the vendor sees what was ever shared. Groups and dates are checked by the application.
CREATE POLICY asset_for_partner ON assets.asset FOR SELECT USING (
  shared_as IS NOT NULL AND deleted_at IS NULL
  AND EXISTS (SELECT 1 FROM organisations.membership m
    WHERE m.vendor_id = asset.vendor_id AND m.partner_id = (SELECT database.partner_scope()) AND m.status = 'active'));
GRANT SELECT, INSERT ON assets.asset TO throughline_app;
GRANT UPDATE (
  title, folder, tags, alt, content, focal, crop, branding, file_number, version, review_on, expires_on, shared_as,
  for_everyone, opens_on, closes_on, withdrawn_at, withdrawn_reason, deleted_at, updated_at, updated_by
) ON assets.asset TO throughline_app;

-- All files of an asset, the replaced ones too.
CREATE TABLE assets.asset_file (
  asset_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  name text NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  media_type text NOT NULL,
  bytes integer NOT NULL CHECK (bytes > 0),
  -- Of a picture, in pixels.
  width integer,
  height integer,
  -- Of a document.
  pages integer,
  -- A small picture for lists and for choosing a cut.
  preview_hash text,
  -- Whether a picture has transparency; the form fields of a document, and why it cannot be filled in.
  facts jsonb NOT NULL DEFAULT '{}',
  added_at timestamptz NOT NULL,
  added_by text NOT NULL,
  PRIMARY KEY (asset_id, number),
  FOREIGN KEY (asset_id, vendor_id) REFERENCES assets.asset (id, vendor_id)
);
CREATE TRIGGER asset_file_is_final BEFORE UPDATE OR DELETE ON assets.asset_file
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
CREATE INDEX asset_file_of_vendor ON assets.asset_file (vendor_id);
ALTER TABLE assets.asset_file ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY asset_file_of_vendor ON assets.asset_file USING (vendor_id = (SELECT database.vendor_scope()));
-- Whoever sees an asset sees its files.
CREATE POLICY asset_file_for_partner ON assets.asset_file FOR SELECT USING (
  (SELECT database.partner_scope()) IS NOT NULL
  AND EXISTS (SELECT 1 FROM assets.asset a WHERE a.id = asset_file.asset_id));
GRANT SELECT, INSERT ON assets.asset_file TO throughline_app;

-- The groups that an asset is shared with, unless it is for all partners.
CREATE TABLE assets.asset_group (
  asset_id uuid NOT NULL,
  group_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  PRIMARY KEY (asset_id, group_id),
  FOREIGN KEY (asset_id, vendor_id) REFERENCES assets.asset (id, vendor_id),
  FOREIGN KEY (group_id, vendor_id) REFERENCES organisations.partner_group (id, vendor_id)
);
CREATE INDEX asset_group_of_group ON assets.asset_group (group_id);
ALTER TABLE assets.asset_group ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY asset_group_of_vendor ON assets.asset_group USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY asset_group_for_partner ON assets.asset_group FOR SELECT USING (
  (SELECT database.partner_scope()) IS NOT NULL
  AND EXISTS (SELECT 1 FROM assets.asset a WHERE a.id = asset_group.asset_id));
GRANT SELECT, INSERT, DELETE ON assets.asset_group TO throughline_app;

-- The origin of bytes that were copied from the library into a campaign: which file, and which cut of it.
CREATE TABLE assets.library_copy (
  vendor_id uuid NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  asset_id uuid NOT NULL,
  file_number integer NOT NULL,
  -- Shares of width and height; null: the whole picture.
  crop jsonb,
  -- Pixels that the copy may be wide.
  max_width integer NOT NULL CHECK (max_width > 0),
  copied_at timestamptz NOT NULL,
  PRIMARY KEY (vendor_id, hash, asset_id),
  FOREIGN KEY (asset_id, vendor_id) REFERENCES assets.asset (id, vendor_id),
  FOREIGN KEY (asset_id, file_number) REFERENCES assets.asset_file (asset_id, number)
);
CREATE INDEX library_copy_of_asset ON assets.library_copy (asset_id);
ALTER TABLE assets.library_copy ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY library_copy_of_vendor ON assets.library_copy USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT ON assets.library_copy TO throughline_app;
GRANT UPDATE (file_number, crop, max_width, copied_at) ON assets.library_copy TO throughline_app;

-- Downloads of a partner on a day. Which person downloaded is not recorded.
CREATE TABLE assets.download (
  asset_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  day date NOT NULL,
  count integer NOT NULL CHECK (count > 0),
  PRIMARY KEY (asset_id, partner_id, day),
  FOREIGN KEY (asset_id, vendor_id) REFERENCES assets.asset (id, vendor_id)
);
CREATE INDEX download_of_partner ON assets.download (partner_id);
ALTER TABLE assets.download ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY download_of_vendor ON assets.download FOR SELECT USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY download_of_partner ON assets.download USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON assets.download TO throughline_app;
GRANT UPDATE (count) ON assets.download TO throughline_app;
