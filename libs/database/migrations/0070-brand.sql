-- needs: database.is_system, database.partner_scope, database.refuse_change, database.vendor_scope

-- A logo as it was uploaded, what was measured on it and the variants made from it. A new upload is
-- a new logo.
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
ALTER TABLE brand.logo ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY logo_of_partner ON brand.logo USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON brand.logo TO throughline_app;

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
ALTER TABLE brand.brand_profile ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY brand_profile_of_partner ON brand.brand_profile
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON brand.brand_profile TO throughline_app;

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
ALTER TABLE brand.brand_profile_version ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY brand_profile_version_of_partner ON brand.brand_profile_version
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON brand.brand_profile_version TO throughline_app;

-- A logo in one exact size, made once.
CREATE TABLE brand.logo_image (
  logo_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  surface text NOT NULL CHECK (surface IN ('light', 'dark', 'mono')),
  width integer NOT NULL CHECK (width BETWEEN 1 AND 4000),
  height integer NOT NULL CHECK (height BETWEEN 1 AND 4000),
  hash text NOT NULL,
  -- A logo of another shape than its box stands left, in the middle or right of it.
  align text NOT NULL DEFAULT 'left' CHECK (align IN ('left', 'center', 'right')),
  PRIMARY KEY (logo_id, surface, width, height, align),
  FOREIGN KEY (logo_id, partner_id) REFERENCES brand.logo (id, partner_id)
);
ALTER TABLE brand.logo_image ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY logo_image_of_partner ON brand.logo_image USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON brand.logo_image TO throughline_app;

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
ALTER TABLE brand.sending_identity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY sending_identity_of_partner ON brand.sending_identity
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON brand.sending_identity TO throughline_app;

-- A partner's own domain to send from. One a partner: it stands for its mail of all vendors.
CREATE TABLE brand.sending_domain (
  partner_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  domain text NOT NULL CHECK (domain = lower(domain)),
  -- What stands before the @ of From.
  from_local text NOT NULL,
  -- Pending until its records were right for the first time; broken when they no longer are: then
  -- nothing goes out.
  state text NOT NULL CHECK (state IN ('pending', 'verified', 'broken')),
  -- What the last check found, record by record.
  findings jsonb NOT NULL,
  chosen_at timestamptz NOT NULL,
  checked_at timestamptz,
  next_check_at timestamptz NOT NULL,
  -- Since when it is in its state.
  state_since timestamptz NOT NULL,
  -- Since when DNS gives no answer: an outage of a name server is no break, until it lasts.
  unreachable_since timestamptz
);
CREATE INDEX sending_domain_next ON brand.sending_domain (next_check_at);
ALTER TABLE brand.sending_domain ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY sending_domain_of_partner ON brand.sending_domain
  USING (partner_id = (SELECT database.partner_scope()));
-- A domain names nobody: a process finds those to be checked again, and counts them for a vendor.
CREATE POLICY sending_domain_process ON brand.sending_domain USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON brand.sending_domain TO throughline_app;

-- The pairs that sign mail of a domain. The private half only sealed under the installation's
-- secret.
CREATE TABLE brand.dkim_key (
  partner_id uuid NOT NULL REFERENCES brand.sending_domain (partner_id) ON DELETE CASCADE,
  algorithm text NOT NULL CHECK (algorithm IN ('rsa', 'ed25519')),
  selector text NOT NULL,
  -- As `p=` of its record wants it (RFC 6376, RFC 8463).
  public_key text NOT NULL,
  sealed_private_key bytea NOT NULL,
  PRIMARY KEY (partner_id, algorithm)
);
ALTER TABLE brand.dkim_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- Keys only ever in their partner's own scope.
CREATE POLICY dkim_key_of_partner ON brand.dkim_key USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, DELETE ON brand.dkim_key TO throughline_app;

-- What makes a host a partner's own: evidence, with when and how. A third kind of it, a verified
-- sending domain, stands in its own table. The host of a mailbox that accepted an invitation to the
-- partner: the link went there. What it proves is judged when it is read, by the lists of that day
-- (public suffixes, mailbox providers), so that it stands here as it was written.
CREATE TABLE brand.mailbox_proof (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  mail_host text NOT NULL CHECK (mail_host = lower(mail_host)),
  -- Of the first such mailbox.
  proved_at timestamptz NOT NULL,
  PRIMARY KEY (partner_id, mail_host)
);
ALTER TABLE brand.mailbox_proof ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- A partner reads what it has proved; only a process writes it down.
CREATE POLICY mailbox_proof_of_partner ON brand.mailbox_proof FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY mailbox_proof_process ON brand.mailbox_proof USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON brand.mailbox_proof TO throughline_app;

-- A host that a partner says is its own, with the record that proves it.
CREATE TABLE brand.host_claim (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  host text NOT NULL CHECK (host = lower(host)),
  -- What the TXT record says, whole: no other partner's.
  record_value text NOT NULL,
  -- Pending until the record was there for the first time; broken when it no longer is.
  state text NOT NULL CHECK (state IN ('pending', 'verified', 'broken')),
  -- What the last check found; null before the first.
  finding jsonb,
  claimed_at timestamptz NOT NULL,
  checked_at timestamptz,
  next_check_at timestamptz NOT NULL,
  state_since timestamptz NOT NULL,
  -- Since when DNS gives no answer: an outage of a name server is no break, until it lasts.
  unreachable_since timestamptz,
  PRIMARY KEY (partner_id, host)
);
CREATE INDEX host_claim_next ON brand.host_claim (next_check_at);
ALTER TABLE brand.host_claim ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY host_claim_of_partner ON brand.host_claim USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY host_claim_process ON brand.host_claim USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON brand.host_claim TO throughline_app;

-- A vendor's own sub-domain: its partners' mail comes from it, each under its own name before the
-- @, where a partner has no domain of its own.
CREATE TABLE brand.vendor_domain (
  vendor_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  domain text NOT NULL CHECK (domain = lower(domain)),
  -- As those of brand.sending_domain.
  state text NOT NULL CHECK (state IN ('pending', 'verified', 'broken')),
  findings jsonb NOT NULL,
  chosen_at timestamptz NOT NULL,
  checked_at timestamptz,
  next_check_at timestamptz NOT NULL,
  state_since timestamptz NOT NULL,
  unreachable_since timestamptz
);
CREATE INDEX vendor_domain_next ON brand.vendor_domain (next_check_at);
ALTER TABLE brand.vendor_domain ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY vendor_domain_of_vendor ON brand.vendor_domain
  USING (vendor_id = (SELECT database.vendor_scope()));
-- A process finds those to be checked again, and sends in a partner's scope.
CREATE POLICY vendor_domain_process ON brand.vendor_domain USING ((SELECT database.is_system()));
-- A partner sees from where its mail would come.
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
-- What signs a partner's mail is opened by a process in that partner's scope.
CREATE POLICY vendor_dkim_key_process ON brand.vendor_dkim_key FOR SELECT
  USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON brand.vendor_dkim_key TO throughline_app;
