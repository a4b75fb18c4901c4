-- The file of an export has the data of all contacts. An erasure voids the partner's files: they cannot be
-- downloaded any more, and OrganisationExports deletes them (libs/privacy/src/organisation-exports.service.ts).
CREATE OR REPLACE FUNCTION privacy.void_exports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE privacy.organisation_export SET state = CASE state WHEN 'running' THEN 'failed' ELSE 'expired' END
  WHERE organisation_id = NEW.partner_id AND state IN ('running', 'ready');
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER void_exports AFTER INSERT ON contacts.suppression
  FOR EACH ROW WHEN (NEW.reason = 'erased') EXECUTE FUNCTION privacy.void_exports();

-- A second erasure of an address sets the day again. A second opt-out writes the row as it was.
CREATE OR REPLACE TRIGGER void_exports_again AFTER UPDATE ON contacts.suppression
  FOR EACH ROW WHEN (NEW.reason = 'erased' AND (OLD.reason <> 'erased' OR NEW.suppressed_at <> OLD.suppressed_at))
  EXECUTE FUNCTION privacy.void_exports();
