CREATE SCHEMA brand;
GRANT USAGE ON SCHEMA brand TO throughline_app;

-- A logo as it was uploaded, what was measured on it and the variants made from it. A new upload is a new logo.
CREATE TABLE brand.logo (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  original_hash text NOT NULL,
  media_type text NOT NULL,
  width integer NOT NULL,
  height integer NOT NULL,
  palette jsonb NOT NULL,
  -- Surface → hash of the variant made for it.
  variants jsonb NOT NULL,
  problems jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (id, partner_id)
);

CREATE TABLE brand.brand_profile (
  partner_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  -- Counts edits; a campaign's baked assets name the version that they were made from.
  version integer NOT NULL CHECK (version > 0),
  name text NOT NULL,
  legal_name text,
  legal_line text,
  postal_address text,
  country_code text CHECK (country_code ~ '^[A-Z]{2}$'),
  time_zone text,
  website text,
  contact jsonb NOT NULL,
  colours jsonb,
  locales jsonb NOT NULL,
  logo_id uuid,
  updated_at timestamptz NOT NULL,
  FOREIGN KEY (logo_id, partner_id) REFERENCES brand.logo (id, partner_id)
);

-- Every version that ever was, so that what was sent can be explained later.
CREATE TABLE brand.brand_profile_version (
  partner_id uuid NOT NULL REFERENCES brand.brand_profile (partner_id),
  version integer NOT NULL,
  profile jsonb NOT NULL,
  edited_by text NOT NULL,
  edited_at timestamptz NOT NULL,
  PRIMARY KEY (partner_id, version)
);
CREATE TRIGGER brand_profile_version_is_final BEFORE UPDATE OR DELETE ON brand.brand_profile_version
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();

-- A logo in one exact size, made once.
CREATE TABLE brand.logo_image (
  logo_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  surface text NOT NULL CHECK (surface IN ('light', 'dark', 'mono')),
  width integer NOT NULL CHECK (width BETWEEN 1 AND 4000),
  height integer NOT NULL CHECK (height BETWEEN 1 AND 4000),
  hash text NOT NULL,
  PRIMARY KEY (logo_id, surface, width, height),
  FOREIGN KEY (logo_id, partner_id) REFERENCES brand.logo (id, partner_id)
);

-- From which address a partner's mail for a vendor goes out.
CREATE TABLE brand.sending_identity (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  from_address text NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (partner_id, vendor_id),
  UNIQUE (from_address, vendor_id)
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['logo', 'brand_profile', 'brand_profile_version', 'logo_image', 'sending_identity']
  LOOP
    EXECUTE format('ALTER TABLE brand.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE brand.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY %I ON brand.%I USING (partner_id = (SELECT database.partner_scope()))', name || '_of_partner', name);
  END LOOP;
END $$;

GRANT SELECT, INSERT ON brand.logo, brand.brand_profile_version, brand.logo_image, brand.sending_identity TO throughline_app;
GRANT SELECT, INSERT, UPDATE ON brand.brand_profile TO throughline_app;
