-- The file of an export holds everybody. An erasure voids those of the partner: they cannot be downloaded
-- any more, and OrganisationExports deletes the files (libs/privacy/src/organisation-exports.service.ts).
CREATE OR REPLACE FUNCTION privacy.void_exports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE privacy.organisation_export SET state = CASE state WHEN 'running' THEN 'failed' ELSE 'expired' END
  WHERE organisation_id = NEW.partner_id AND state IN ('running', 'ready');
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER void_exports AFTER INSERT OR UPDATE ON contacts.suppression
  FOR EACH ROW WHEN (NEW.reason = 'erased') EXECUTE FUNCTION privacy.void_exports();
