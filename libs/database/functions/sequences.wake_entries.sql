-- A request that waits for a consent is looked at again when there is a new one.
CREATE OR REPLACE FUNCTION sequences.wake_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sequences.entry_request q SET not_before = clock_timestamp() FROM recorded r
  WHERE q.contact_id = r.contact_id AND q.waits_until IS NOT NULL AND r.basis NOT IN ('pending', 'unknown');
  IF FOUND THEN NOTIFY throughline_sequence_entries; END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER wake_entries AFTER INSERT ON contacts.consent_record REFERENCING NEW TABLE AS recorded
  FOR EACH STATEMENT EXECUTE FUNCTION sequences.wake_entries();
