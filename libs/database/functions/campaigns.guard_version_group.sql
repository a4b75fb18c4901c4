-- Groups are chosen as the version is published. From then on more are added, or all of them go
-- because the version is for all partners. The lock makes this transaction wait for one that publishes.
CREATE OR REPLACE FUNCTION campaigns.guard_version_group() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  at record;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'The groups of a campaign version are never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT status, for_everyone INTO at FROM campaigns.campaign_version WHERE id = coalesce(NEW.version_id, OLD.version_id) FOR SHARE;
  IF at.status IS DISTINCT FROM 'in-review' AND (at.status IS DISTINCT FROM 'published' OR at.for_everyone = (TG_OP = 'INSERT')) THEN
    RAISE EXCEPTION 'The groups of a campaign version are chosen as it is published, and never taken away' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;

CREATE OR REPLACE TRIGGER version_group_guard BEFORE INSERT OR UPDATE OR DELETE ON campaigns.version_group FOR EACH ROW EXECUTE FUNCTION campaigns.guard_version_group();
