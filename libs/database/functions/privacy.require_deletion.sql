-- The database deletes nothing of an organisation whose owners have not asked for it, or have withdrawn that.
-- Rows of the organisation's own policies apply, too: the caller is in its scope.
CREATE OR REPLACE FUNCTION privacy.require_deletion(organisation uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM privacy.organisation_deletion d
  WHERE d.organisation_id = organisation AND d.started_at IS NOT NULL AND d.finished_at IS NULL AND d.withdrawn_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'The deletion of organisation % has not begun', organisation USING ERRCODE = 'restrict_violation';
  END IF;
END $$;
