-- needs: database.is_system, database.partner_scope, database.refuse_change, database.vendor_scope

-- An uploaded logo, its measurements and its variants. A new upload is a new row.
CREATE TABLE brand.logo (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  original_hash text NOT NULL,
  media_type text NOT NULL,
  width integer NOT NULL,
  height integer NOT NULL,
  palette jsonb NOT NULL,
  -- Surface → hash of its variant.
  variants jsonb NOT NULL,
  -- What was made of the upload: original, light, dark → hash. A variant of its owner is in none.
  generated jsonb NOT NULL,
  problems jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (id, partner_id)
);
ALTER TABLE brand.logo ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY logo_of_partner ON brand.logo USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON brand.logo TO throughline_app;

CREATE TABLE brand.brand_profile (
  partner_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  -- Number of edits. Baked assets name the version that they were made from.
  version integer NOT NULL CHECK (version > 0),
  name text NOT NULL,
  legal_name text,
  legal_line text,
  postal_address text,
  country_code text CHECK (country_code ~ '^[A-Z]{2}$'),
  time_zone text,
  website text,
  privacy_url text,
  imprint_url text,
  contact jsonb NOT NULL,
  colours jsonb,
  locales jsonb NOT NULL,
  logo_id uuid,
  updated_at timestamptz NOT NULL,
  FOREIGN KEY (logo_id, partner_id) REFERENCES brand.logo (id, partner_id)
);
ALTER TABLE brand.brand_profile ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY brand_profile_of_partner ON brand.brand_profile
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON brand.brand_profile TO throughline_app;

-- All versions, so that a sent message can be explained later.
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
ALTER TABLE brand.brand_profile_version ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY brand_profile_version_of_partner ON brand.brand_profile_version
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON brand.brand_profile_version TO throughline_app;

-- A logo in one exact size. Rendered once.
CREATE TABLE brand.logo_image (
  logo_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  surface text NOT NULL CHECK (surface IN ('light', 'dark', 'mono')),
  width integer NOT NULL CHECK (width BETWEEN 1 AND 4000),
  height integer NOT NULL CHECK (height BETWEEN 1 AND 4000),
  hash text NOT NULL,
  -- Position of a logo whose shape differs from its box.
  align text NOT NULL DEFAULT 'left' CHECK (align IN ('left', 'center', 'right')),
  PRIMARY KEY (logo_id, surface, width, height, align),
  FOREIGN KEY (logo_id, partner_id) REFERENCES brand.logo (id, partner_id)
);
ALTER TABLE brand.logo_image ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY logo_image_of_partner ON brand.logo_image USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON brand.logo_image TO throughline_app;

-- The From address of a partner's e-mail for a vendor.
CREATE TABLE brand.sending_identity (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  from_address text NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (partner_id, vendor_id),
  UNIQUE (from_address, vendor_id)
);
ALTER TABLE brand.sending_identity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY sending_identity_of_partner ON brand.sending_identity
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON brand.sending_identity TO throughline_app;

-- How a partner's campaign e-mails are sent. No row: the installation's defaults.
CREATE TABLE brand.sending_preference (
  partner_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  -- here: replies come to the product, which forwards them. mailbox: they go to the partner's own
  -- mailbox, and the product does not see them.
  replies_to text NOT NULL CHECK (replies_to IN ('here', 'mailbox')),
  -- Campaign e-mails of different activations to a person in a day. Null: any number.
  emails_per_day integer CHECK (emails_per_day BETWEEN 1 AND 10),
  set_by text NOT NULL,
  set_at timestamptz NOT NULL
);
ALTER TABLE brand.sending_preference ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY sending_preference_of_partner ON brand.sending_preference
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON brand.sending_preference TO throughline_app;

-- A partner's own sending domain. One per partner, for the campaigns of all its vendors.
CREATE TABLE brand.sending_domain (
  partner_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  domain text NOT NULL CHECK (domain = lower(domain)),
  -- The part of the From address before the @.
  from_local text NOT NULL,
  -- `pending` until its records were right for the first time. `broken` when they are no longer
  -- right: then nothing is sent.
  state text NOT NULL CHECK (state IN ('pending', 'verified', 'broken')),
  -- Result of the last check, record by record.
  findings jsonb NOT NULL,
  chosen_at timestamptz NOT NULL,
  checked_at timestamptz,
  next_check_at timestamptz NOT NULL,
  -- When it entered its state.
  state_since timestamptz NOT NULL,
  -- Since when DNS does not answer. A short outage of a name server does not break the domain.
  unreachable_since timestamptz
);
CREATE INDEX sending_domain_next ON brand.sending_domain (next_check_at);
ALTER TABLE brand.sending_domain ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY sending_domain_of_partner ON brand.sending_domain
  USING (partner_id = (SELECT database.partner_scope()));
-- A domain is not personal data: processes find the domains that are due for a check, and count
-- them for a vendor.
CREATE POLICY sending_domain_process ON brand.sending_domain USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON brand.sending_domain TO throughline_app;

-- Key pairs that sign the domain's e-mail. The private key is encrypted under the installation's
-- secret.
CREATE TABLE brand.dkim_key (
  partner_id uuid NOT NULL REFERENCES brand.sending_domain (partner_id) ON DELETE CASCADE,
  algorithm text NOT NULL CHECK (algorithm IN ('rsa', 'ed25519')),
  selector text NOT NULL,
  -- In the format of the record's `p=` (RFC 6376, RFC 8463).
  public_key text NOT NULL,
  sealed_private_key bytea NOT NULL,
  PRIMARY KEY (partner_id, algorithm)
);
ALTER TABLE brand.dkim_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- Keys are visible in their partner's scope only.
CREATE POLICY dkim_key_of_partner ON brand.dkim_key USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, DELETE ON brand.dkim_key TO throughline_app;

-- Proof that a host belongs to a partner: a mailbox of this host accepted an invitation. The host
-- is stored as written, because the lists of public suffixes and mailbox providers are applied when
-- the proof is read.
CREATE TABLE brand.mailbox_proof (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  mail_host text NOT NULL CHECK (mail_host = lower(mail_host)),
  -- Time of the first such acceptance.
  proved_at timestamptz NOT NULL,
  PRIMARY KEY (partner_id, mail_host)
);
ALTER TABLE brand.mailbox_proof ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- A partner reads its proofs. Only processes write them.
CREATE POLICY mailbox_proof_of_partner ON brand.mailbox_proof FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY mailbox_proof_process ON brand.mailbox_proof USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON brand.mailbox_proof TO throughline_app;

-- A host that a partner claims as its own, with the DNS record that proves it.
CREATE TABLE brand.host_claim (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  host text NOT NULL CHECK (host = lower(host)),
  -- The complete value of the TXT record, unique to the partner.
  record_value text NOT NULL,
  -- `pending` until the record was found for the first time, `broken` when it is gone.
  state text NOT NULL CHECK (state IN ('pending', 'verified', 'broken')),
  -- Result of the last check; null before the first.
  finding jsonb,
  claimed_at timestamptz NOT NULL,
  checked_at timestamptz,
  next_check_at timestamptz NOT NULL,
  state_since timestamptz NOT NULL,
  -- Since when DNS does not answer. A short outage of a name server does not break the claim.
  unreachable_since timestamptz,
  PRIMARY KEY (partner_id, host)
);
CREATE INDEX host_claim_next ON brand.host_claim (next_check_at);
ALTER TABLE brand.host_claim ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY host_claim_of_partner ON brand.host_claim USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY host_claim_process ON brand.host_claim USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON brand.host_claim TO throughline_app;

-- A vendor's subdomain. Partners without a domain of their own send from it, each with its own
-- local part.
CREATE TABLE brand.vendor_domain (
  vendor_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  domain text NOT NULL CHECK (domain = lower(domain)),
  -- As in brand.sending_domain.
  state text NOT NULL CHECK (state IN ('pending', 'verified', 'broken')),
  findings jsonb NOT NULL,
  chosen_at timestamptz NOT NULL,
  checked_at timestamptz,
  next_check_at timestamptz NOT NULL,
  state_since timestamptz NOT NULL,
  unreachable_since timestamptz,
  -- Servers that receive mail to the domain, where they are not the installation's. Null: mail gets
  -- to the installation, or nowhere.
  foreign_mail_hosts text
);
CREATE INDEX vendor_domain_next ON brand.vendor_domain (next_check_at);
ALTER TABLE brand.vendor_domain ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY vendor_domain_of_vendor ON brand.vendor_domain
  USING (vendor_id = (SELECT database.vendor_scope()));
-- A process finds the domains that are due for a check, and sends in a partner's scope.
CREATE POLICY vendor_domain_process ON brand.vendor_domain USING ((SELECT database.is_system()));
-- A partner sees from which domain its e-mail would be sent.
CREATE POLICY vendor_domain_of_member ON brand.vendor_domain FOR SELECT USING (EXISTS (
  SELECT 1 FROM organisations.membership m WHERE m.vendor_id = vendor_domain.vendor_id AND m.partner_id = (SELECT database.partner_scope())));
GRANT SELECT, INSERT, UPDATE, DELETE ON brand.vendor_domain TO throughline_app;

CREATE TABLE brand.vendor_dkim_key (
  vendor_id uuid NOT NULL REFERENCES brand.vendor_domain (vendor_id) ON DELETE CASCADE,
  algorithm text NOT NULL CHECK (algorithm IN ('rsa', 'ed25519')),
  selector text NOT NULL,
  public_key text NOT NULL,
  sealed_private_key bytea NOT NULL,
  PRIMARY KEY (vendor_id, algorithm)
);
ALTER TABLE brand.vendor_dkim_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY vendor_dkim_key_of_vendor ON brand.vendor_dkim_key
  USING (vendor_id = (SELECT database.vendor_scope()));
-- A process signs a partner's e-mail in that partner's scope.
CREATE POLICY vendor_dkim_key_process ON brand.vendor_dkim_key FOR SELECT
  USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON brand.vendor_dkim_key TO throughline_app;

-- A vendor's logo, as brand.logo is a partner's. A new upload is a new row.
CREATE TABLE brand.kit_logo (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  original_hash text NOT NULL,
  media_type text NOT NULL,
  width integer NOT NULL,
  height integer NOT NULL,
  palette jsonb NOT NULL,
  variants jsonb NOT NULL,
  generated jsonb NOT NULL,
  problems jsonb NOT NULL,
  -- hash, width and height of the picture that mails show: the logo on a white plate.
  mail_image jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (id, vendor_id)
);
ALTER TABLE brand.kit_logo ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY kit_logo_of_vendor ON brand.kit_logo USING (vendor_id = (SELECT database.vendor_scope()));
-- Processes, and partners who act, cause mails in the vendor's name.
CREATE POLICY kit_logo_process ON brand.kit_logo FOR SELECT USING ((SELECT database.is_system()));
CREATE POLICY kit_logo_of_member ON brand.kit_logo FOR SELECT USING (EXISTS (
  SELECT 1 FROM organisations.membership m WHERE m.vendor_id = kit_logo.vendor_id AND m.partner_id = (SELECT database.partner_scope())));
GRANT SELECT, INSERT ON brand.kit_logo TO throughline_app;

-- A vendor's own brand. No row: the product's look.
CREATE TABLE brand.brand_kit (
  vendor_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  -- Number of changes.
  version integer NOT NULL CHECK (version > 0),
  primary_colour text CHECK (primary_colour ~ '^#[0-9a-f]{6}$'),
  logo_id uuid,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL,
  FOREIGN KEY (logo_id, vendor_id) REFERENCES brand.kit_logo (id, vendor_id)
);
ALTER TABLE brand.brand_kit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY brand_kit_of_vendor ON brand.brand_kit USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY brand_kit_process ON brand.brand_kit FOR SELECT USING ((SELECT database.is_system()));
CREATE POLICY brand_kit_of_member ON brand.brand_kit FOR SELECT USING (EXISTS (
  SELECT 1 FROM organisations.membership m WHERE m.vendor_id = brand_kit.vendor_id AND m.partner_id = (SELECT database.partner_scope())));
GRANT SELECT, INSERT, UPDATE ON brand.brand_kit TO throughline_app;
