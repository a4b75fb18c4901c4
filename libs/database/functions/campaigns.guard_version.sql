-- The approved content is what gets published, and a published version never changes, except that it
-- is offered to all partners instead of groups, or for more days. This also binds the owner of the
-- database.
CREATE OR REPLACE FUNCTION campaigns.guard_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ends constant text[] := ARRAY['status', 'ended_at', 'ended_reason', 'ended_code', 'launches_stopped_at'];
  offer constant text[] := ARRAY['closes_on', 'for_everyone'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'draft' THEN
      RAISE EXCEPTION 'A campaign version begins as a draft' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF OLD.status <> 'draft' THEN
      RAISE EXCEPTION 'Only a draft of a campaign version is deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
    ('draft', 'in-review'), ('in-review', 'draft'), ('in-review', 'published'),
    ('published', 'retired'), ('published', 'recalled'), ('retired', 'recalled'),
    -- A recall is reversed.
    ('recalled', 'published'), ('recalled', 'retired')
  ) THEN
    RAISE EXCEPTION 'A campaign version does not go from % to %', OLD.status, NEW.status USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status IN ('published', 'retired', 'recalled') AND (
    to_jsonb(NEW) - ends - offer IS DISTINCT FROM to_jsonb(OLD) - ends - offer
    OR NEW.status <> OLD.status AND (NEW.closes_on, NEW.for_everyone) IS DISTINCT FROM (OLD.closes_on, OLD.for_everyone)
    OR NEW.status = OLD.status AND (OLD.status <> 'published' OR (NEW.ended_at, NEW.ended_reason, NEW.ended_code) IS DISTINCT FROM (OLD.ended_at, OLD.ended_reason, OLD.ended_code)
      OR NEW.closes_on < OLD.closes_on OR NEW.for_everyone < OLD.for_everyone
      OR (NEW.launches_stopped_at, NEW.closes_on, NEW.for_everyone) IS NOT DISTINCT FROM (OLD.launches_stopped_at, OLD.closes_on, OLD.for_everyone))) THEN
    RAISE EXCEPTION 'A published campaign version never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.id, NEW.campaign_id, NEW.vendor_id, NEW.number, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.campaign_id, OLD.vendor_id, OLD.number, OLD.created_at) THEN
    RAISE EXCEPTION 'A campaign version keeps its identity' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status = 'in-review' AND (NEW.package_hash, NEW.compiled_hash, NEW.title, NEW.summary, NEW.theme, NEW.locales, NEW.confirmations)
     IS DISTINCT FROM (OLD.package_hash, OLD.compiled_hash, OLD.title, OLD.summary, OLD.theme, OLD.locales, OLD.confirmations) THEN
    RAISE EXCEPTION 'A campaign version in review is not edited' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status = 'in-review' AND NEW.status = 'published' THEN
    IF NEW.for_everyone = EXISTS (SELECT FROM campaigns.version_group WHERE version_id = NEW.id) THEN
      RAISE EXCEPTION 'A campaign version is published to partner groups or to all partners' USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER campaign_version_guard BEFORE INSERT OR UPDATE OR DELETE ON campaigns.campaign_version FOR EACH ROW EXECUTE FUNCTION campaigns.guard_version();
