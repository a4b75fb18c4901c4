-- Partners of a channel manager who leaves, or gets another role, have no manager from then on, unless they
-- were given to another one before. The person may be the one who acts: their scope is lifted meanwhile,
-- because they may not see the partners any more.
CREATE OR REPLACE FUNCTION identity.release_partners() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  manager text := current_setting('throughline.manager_id', true);
BEGIN
  PERFORM set_config('throughline.manager_id', '', true);
  UPDATE organisations.membership SET manager_id = NULL
    WHERE manager_id = OLD.user_id AND vendor_id = OLD.organisation_id;
  PERFORM set_config('throughline.manager_id', coalesce(manager, ''), true);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER release_partners AFTER DELETE ON identity.assignment
  FOR EACH ROW WHEN (OLD.role = 'channel-manager') EXECUTE FUNCTION identity.release_partners();
CREATE OR REPLACE TRIGGER release_partners_of_role AFTER UPDATE OF role ON identity.assignment
  FOR EACH ROW WHEN (OLD.role = 'channel-manager' AND NEW.role <> 'channel-manager')
  EXECUTE FUNCTION identity.release_partners();
