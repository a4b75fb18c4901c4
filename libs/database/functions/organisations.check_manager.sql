-- Only a channel manager of the vendor looks after its partners. The lock lets the person's role end only
-- before or after this change.
CREATE OR REPLACE FUNCTION organisations.check_manager() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM identity.assignment a
    WHERE a.user_id = NEW.manager_id AND a.organisation_id = NEW.vendor_id AND a.role = 'channel-manager' FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'person % is no channel manager of vendor %', NEW.manager_id, NEW.vendor_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_manager';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER check_manager BEFORE INSERT OR UPDATE OF manager_id, vendor_id ON organisations.membership
  FOR EACH ROW WHEN (NEW.manager_id IS NOT NULL) EXECUTE FUNCTION organisations.check_manager();
