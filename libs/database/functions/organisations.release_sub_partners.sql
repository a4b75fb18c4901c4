-- When the partnership with a distributor ends, or is deleted, its partners go to the vendor directly. A
-- foreign key over a generated column cannot do it.
CREATE OR REPLACE FUNCTION organisations.release_sub_partners() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was_system text := current_setting('throughline.system', true);
BEGIN
  -- A partner that leaves by itself does not see the rows of its partners.
  PERFORM set_config('throughline.system', 'on', true);
  UPDATE organisations.membership
    SET parent_id = NULL, former_parent_id = CASE TG_OP WHEN 'UPDATE' THEN OLD.id END, parent_ended_at = now()
    WHERE parent_id = OLD.id;
  PERFORM set_config('throughline.system', coalesce(was_system, ''), true);
  RETURN OLD;
END $$;

CREATE OR REPLACE TRIGGER release_sub_partners AFTER UPDATE OF status ON organisations.membership
  FOR EACH ROW WHEN (NEW.status = 'ended' AND NEW.brings_partners IS NOT NULL)
  EXECUTE FUNCTION organisations.release_sub_partners();
CREATE OR REPLACE TRIGGER release_sub_partners_of_deleted BEFORE DELETE ON organisations.membership
  FOR EACH ROW WHEN (OLD.brings_partners IS NOT NULL)
  EXECUTE FUNCTION organisations.release_sub_partners();
