-- A person who leaves a team takes their own views along. Shared ones stay, without an owner.
CREATE OR REPLACE FUNCTION saved_views.delete_private_views() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was_system text := current_setting('throughline.system', true);
BEGIN
  PERFORM set_config('throughline.system', 'on', true);
  DELETE FROM saved_views.view
    WHERE owner_id = OLD.user_id AND organisation_id = OLD.organisation_id AND NOT is_shared;
  UPDATE saved_views.view SET owner_id = NULL WHERE owner_id = OLD.user_id AND organisation_id = OLD.organisation_id;
  PERFORM set_config('throughline.system', coalesce(was_system, ''), true);
  RETURN OLD;
END $$;

CREATE OR REPLACE TRIGGER delete_private_views AFTER DELETE ON identity.assignment
  FOR EACH ROW EXECUTE FUNCTION saved_views.delete_private_views();
