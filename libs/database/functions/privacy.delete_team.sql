-- needs: privacy.require_deletion

-- Deletes what lets people and keys into an organisation, and the accounts of people who are in no other.
-- With the rights of the tables' owner, as privacy.delete_rows. Safe to repeat.
CREATE OR REPLACE FUNCTION privacy.delete_team(organisation uuid) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  leaving uuid[];
BEGIN
  PERFORM privacy.require_deletion(organisation);
  SELECT coalesce(array_agg(a.user_id), '{}') INTO leaving FROM identity.assignment a
  WHERE a.organisation_id = organisation
    AND NOT EXISTS (SELECT FROM identity.assignment o WHERE o.user_id = a.user_id AND o.organisation_id <> organisation);
  DELETE FROM identity.api_key WHERE organisation_id = organisation OR user_id = ANY (leaving);
  DELETE FROM identity.system_mail WHERE invitation_id IN (
    SELECT id FROM identity.invitation WHERE organisation_id = organisation OR vendor_id = organisation);
  DELETE FROM identity.invitation WHERE organisation_id = organisation OR vendor_id = organisation;
  DELETE FROM identity.sign_in_policy WHERE organisation_id = organisation;
  DELETE FROM identity.assignment WHERE organisation_id = organisation;
  UPDATE identity.session SET organisation_id = NULL WHERE organisation_id = organisation;
  DELETE FROM identity.session WHERE user_id = ANY (leaving);
  DELETE FROM identity.password_reset WHERE user_id = ANY (leaving);
  DELETE FROM identity.email_change WHERE user_id = ANY (leaving);
  DELETE FROM identity.passkey WHERE user_id = ANY (leaving);
  DELETE FROM identity.passkey_challenge WHERE user_id = ANY (leaving);
  DELETE FROM identity.totp WHERE user_id = ANY (leaving);
  DELETE FROM identity.recovery_code WHERE user_id = ANY (leaving);
  DELETE FROM identity.user_account WHERE id = ANY (leaving);
  RETURN cardinality(leaving);
END $$;
