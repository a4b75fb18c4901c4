-- A request that waits for a consent is looked at again when there is a new one. Who begins to wait locks
-- its contact (libs/contacts/src/double-opt-ins.service.ts, lockConsents). So either this trigger sees the
-- request, or the request's transaction sees the consent. contacts.store_latest_consent runs before, by its
-- name, and has locked the contacts whose newest consent this is; the others are locked here.
CREATE OR REPLACE FUNCTION sequences.wake_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM contacts.contact c JOIN recorded r ON r.contact_id = c.id
  WHERE c.consent_record_id IS DISTINCT FROM r.id FOR NO KEY UPDATE OF c;
  UPDATE sequences.entry_request q SET not_before = clock_timestamp() FROM recorded r
  WHERE q.contact_id = r.contact_id AND q.waits_until IS NOT NULL AND r.basis NOT IN ('pending', 'unknown');
  IF FOUND THEN NOTIFY throughline_sequence_entries; END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER wake_entries AFTER INSERT ON contacts.consent_record REFERENCING NEW TABLE AS recorded
  FOR EACH STATEMENT EXECUTE FUNCTION sequences.wake_entries();
