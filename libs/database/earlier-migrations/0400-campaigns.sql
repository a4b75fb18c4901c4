CREATE SCHEMA campaigns;

CREATE TABLE campaigns.campaign (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- The name in campaign.yaml: by it a pushed package finds its campaign.
  name text NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (vendor_id, name),
  UNIQUE (id, vendor_id)
);

CREATE TABLE campaigns.campaign_version (
  id uuid PRIMARY KEY,
  campaign_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  status text NOT NULL CHECK (status IN ('draft', 'in-review', 'published', 'retired', 'recalled')),
  title jsonb NOT NULL,
  summary jsonb NOT NULL,
  theme text NOT NULL,
  locales jsonb NOT NULL,
  package_hash text NOT NULL,
  compiled_hash text NOT NULL,
  warnings jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  created_by_name text NOT NULL,
  submitted_at timestamptz,
  submitted_by_user_id uuid,
  submitted_by_name text,
  approved_at timestamptz,
  approved_by_user_id uuid,
  approved_by_name text,
  -- Four eyes were waived: the vendor had nobody else who may approve.
  approved_alone boolean NOT NULL DEFAULT false,
  published_at timestamptz,
  published_by_name text,
  partner_group_id uuid REFERENCES organisations.partner_group (id),
  opens_on date,
  closes_on date,
  manifest_hash text,
  ended_at timestamptz,
  FOREIGN KEY (campaign_id, vendor_id) REFERENCES campaigns.campaign (id, vendor_id),
  UNIQUE (campaign_id, number),
  UNIQUE (id, vendor_id),
  CHECK ((status = 'draft') = (submitted_at IS NULL)),
  CHECK (approved_at IS NULL OR submitted_at IS NOT NULL),
  CHECK ((approved_at IS NULL) = (approved_by_user_id IS NULL)),
  CHECK (approved_alone OR approved_by_user_id IS DISTINCT FROM submitted_by_user_id OR approved_by_user_id IS NULL),
  CHECK ((status IN ('draft', 'in-review')) = (published_at IS NULL)),
  CHECK (published_at IS NULL OR (approved_at IS NOT NULL AND partner_group_id IS NOT NULL AND opens_on IS NOT NULL AND closes_on >= opens_on AND manifest_hash IS NOT NULL)),
  CHECK ((status IN ('retired', 'recalled')) = (ended_at IS NOT NULL))
);
-- One version at a time is being worked on.
CREATE UNIQUE INDEX campaign_version_in_work ON campaigns.campaign_version (campaign_id) WHERE status IN ('draft', 'in-review');
CREATE INDEX campaign_version_of_vendor ON campaigns.campaign_version (vendor_id, published_at) WHERE published_at IS NOT NULL;

-- What was approved is what is published, and what is published never changes: also for the owner of the database.
CREATE FUNCTION campaigns.guard_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ends constant text[] := ARRAY['status', 'ended_at'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'draft' THEN
      RAISE EXCEPTION 'A campaign version begins as a draft' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'A campaign version is never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
    ('draft', 'in-review'), ('in-review', 'draft'), ('in-review', 'published'),
    ('published', 'retired'), ('published', 'recalled'), ('retired', 'recalled')
  ) THEN
    RAISE EXCEPTION 'A campaign version does not go from % to %', OLD.status, NEW.status USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status IN ('published', 'retired', 'recalled') AND (to_jsonb(NEW) - ends IS DISTINCT FROM to_jsonb(OLD) - ends OR NEW.status = OLD.status) THEN
    RAISE EXCEPTION 'A published campaign version never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.id, NEW.campaign_id, NEW.vendor_id, NEW.number, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.campaign_id, OLD.vendor_id, OLD.number, OLD.created_at) THEN
    RAISE EXCEPTION 'A campaign version keeps its identity' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status = 'in-review' AND (NEW.package_hash, NEW.compiled_hash, NEW.title, NEW.summary, NEW.theme, NEW.locales)
     IS DISTINCT FROM (OLD.package_hash, OLD.compiled_hash, OLD.title, OLD.summary, OLD.theme, OLD.locales) THEN
    RAISE EXCEPTION 'A campaign version in review is not edited' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER campaign_version_guard BEFORE INSERT OR UPDATE OR DELETE ON campaigns.campaign_version FOR EACH ROW EXECUTE FUNCTION campaigns.guard_version();
CREATE TRIGGER campaign_version_stays BEFORE TRUNCATE ON campaigns.campaign_version FOR EACH STATEMENT EXECUTE FUNCTION database.refuse_change();

-- What reviewers said when they sent a version back.
CREATE TABLE campaigns.review_comment (
  id uuid PRIMARY KEY,
  version_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  at timestamptz NOT NULL,
  author_name text NOT NULL,
  text text NOT NULL,
  FOREIGN KEY (version_id, vendor_id) REFERENCES campaigns.campaign_version (id, vendor_id)
);
CREATE INDEX review_comment_of_version ON campaigns.review_comment (version_id, at);
CREATE TRIGGER review_comment_is_final BEFORE UPDATE OR DELETE ON campaigns.review_comment FOR EACH ROW EXECUTE FUNCTION database.refuse_change();

-- The key pair that signs a vendor's manifests; the private half only encrypted under the installation's secret.
CREATE TABLE campaigns.signing_key (
  vendor_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  public_key text NOT NULL,
  encrypted_private_key bytea NOT NULL,
  created_at timestamptz NOT NULL
);

ALTER TABLE campaigns.campaign ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaigns.campaign FORCE ROW LEVEL SECURITY;
ALTER TABLE campaigns.campaign_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaigns.campaign_version FORCE ROW LEVEL SECURITY;
ALTER TABLE campaigns.review_comment ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaigns.review_comment FORCE ROW LEVEL SECURITY;
ALTER TABLE campaigns.signing_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaigns.signing_key FORCE ROW LEVEL SECURITY;

CREATE POLICY campaign_of_vendor ON campaigns.campaign USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY campaign_for_system ON campaigns.campaign FOR SELECT USING ((SELECT database.is_system()));
CREATE POLICY version_of_vendor ON campaigns.campaign_version USING (vendor_id = (SELECT database.vendor_scope()));
-- A partner sees what was published in programmes that it is or was in; drafts are nobody's but the vendor's.
CREATE POLICY version_for_partner ON campaigns.campaign_version FOR SELECT USING (
  published_at IS NOT NULL
  AND EXISTS (SELECT 1 FROM organisations.membership m
    WHERE m.vendor_id = campaign_version.vendor_id AND m.partner_id = (SELECT database.partner_scope()) AND m.status <> 'invited'));
CREATE POLICY version_for_system ON campaigns.campaign_version FOR SELECT USING ((SELECT database.is_system()));
CREATE POLICY comment_of_vendor ON campaigns.review_comment USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY key_of_vendor ON campaigns.signing_key USING (vendor_id = (SELECT database.vendor_scope()));

GRANT USAGE ON SCHEMA campaigns TO throughline_app;
GRANT SELECT, INSERT ON campaigns.campaign, campaigns.campaign_version, campaigns.review_comment, campaigns.signing_key TO throughline_app;
GRANT UPDATE (
  status, title, summary, theme, locales, package_hash, compiled_hash, warnings, submitted_at, submitted_by_user_id, submitted_by_name,
  approved_at, approved_by_user_id, approved_by_name, approved_alone, published_at, published_by_name, partner_group_id, opens_on, closes_on,
  manifest_hash, ended_at
) ON campaigns.campaign_version TO throughline_app;
