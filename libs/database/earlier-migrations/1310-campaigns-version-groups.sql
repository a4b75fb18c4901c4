-- A version is published to any number of partner groups, or to everybody in the vendor's programme. That it is for everybody is a word of its
-- own: a version whose groups somebody cannot see is offered to nobody, not to all.
ALTER TABLE organisations.partner_group ADD UNIQUE (id, vendor_id);
CREATE TABLE campaigns.version_group (
  version_id uuid NOT NULL,
  group_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  PRIMARY KEY (version_id, group_id),
  FOREIGN KEY (version_id, vendor_id) REFERENCES campaigns.campaign_version (id, vendor_id),
  FOREIGN KEY (group_id, vendor_id) REFERENCES organisations.partner_group (id, vendor_id)
);
ALTER TABLE campaigns.campaign_version ADD COLUMN for_everyone boolean NOT NULL DEFAULT false;
-- What was published keeps its group: its row, which never changes, is only read.
ALTER TABLE campaigns.campaign_version NO FORCE ROW LEVEL SECURITY;
INSERT INTO campaigns.version_group (version_id, group_id, vendor_id)
  SELECT id, partner_group_id, vendor_id FROM campaigns.campaign_version WHERE partner_group_id IS NOT NULL;
ALTER TABLE campaigns.campaign_version FORCE ROW LEVEL SECURITY;

-- That a published version has a group is the guard's to say from now on.
DO $$
DECLARE
  named text;
BEGIN
  SELECT conname INTO STRICT named FROM pg_constraint
    WHERE conrelid = 'campaigns.campaign_version'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%partner_group_id%';
  EXECUTE format('ALTER TABLE campaigns.campaign_version DROP CONSTRAINT %I', named);
END $$;
ALTER TABLE campaigns.campaign_version
  ADD CHECK (published_at IS NULL OR (approved_at IS NOT NULL AND opens_on IS NOT NULL AND closes_on >= opens_on AND manifest_hash IS NOT NULL)),
  ADD CHECK (published_at IS NOT NULL OR NOT for_everyone);

CREATE OR REPLACE FUNCTION campaigns.guard_version() RETURNS trigger LANGUAGE plpgsql AS $$
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
  IF OLD.status = 'in-review' AND NEW.status = 'published' THEN
    -- A process of before, while the new ones are being started, names its one group in the row.
    IF NEW.partner_group_id IS NOT NULL THEN
      INSERT INTO campaigns.version_group (version_id, group_id, vendor_id) VALUES (NEW.id, NEW.partner_group_id, NEW.vendor_id) ON CONFLICT DO NOTHING;
    END IF;
    IF NEW.for_everyone = EXISTS (SELECT FROM campaigns.version_group WHERE version_id = NEW.id) THEN
      RAISE EXCEPTION 'A campaign version is published to partner groups or to everybody' USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;

-- The groups are chosen until the version is published, and stand with it then. The lock makes whoever chooses wait for who publishes.
CREATE FUNCTION campaigns.guard_version_group() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  at text;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'The groups of a campaign version are never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT status INTO at FROM campaigns.campaign_version WHERE id = coalesce(NEW.version_id, OLD.version_id) FOR SHARE;
  IF at IS DISTINCT FROM 'in-review' THEN
    RAISE EXCEPTION 'The groups of a campaign version are chosen as it is published, and never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER version_group_guard BEFORE INSERT OR UPDATE OR DELETE ON campaigns.version_group FOR EACH ROW EXECUTE FUNCTION campaigns.guard_version_group();
CREATE TRIGGER version_group_stays BEFORE TRUNCATE ON campaigns.version_group FOR EACH STATEMENT EXECUTE FUNCTION database.refuse_change();

ALTER TABLE campaigns.version_group ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaigns.version_group FORCE ROW LEVEL SECURITY;
CREATE POLICY version_group_of_vendor ON campaigns.version_group USING (vendor_id = (SELECT database.vendor_scope()));
-- Who sees a version sees for whom it is: as the version's own policy says.
CREATE POLICY version_group_for_partner ON campaigns.version_group FOR SELECT USING (
  (SELECT database.partner_scope()) IS NOT NULL
  AND EXISTS (SELECT FROM campaigns.campaign_version v WHERE v.id = version_group.version_id AND v.published_at IS NOT NULL));
CREATE POLICY version_group_for_system ON campaigns.version_group FOR SELECT USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON campaigns.version_group TO throughline_app;
GRANT UPDATE (for_everyone) ON campaigns.campaign_version TO throughline_app;
