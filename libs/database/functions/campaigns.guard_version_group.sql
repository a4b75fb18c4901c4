-- Groups are chosen until the version is published, and fixed from then on. The lock makes this
-- transaction wait for one that publishes.
CREATE OR REPLACE FUNCTION campaigns.guard_version_group() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE TRIGGER version_group_guard BEFORE INSERT OR UPDATE OR DELETE ON campaigns.version_group FOR EACH ROW EXECUTE FUNCTION campaigns.guard_version_group();
