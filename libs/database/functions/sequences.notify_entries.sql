-- Notifies schedulers of new requests on commit, as sequences.notify_inbox.sql does.
CREATE OR REPLACE FUNCTION sequences.notify_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added) THEN NOTIFY throughline_sequence_entries; END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER notify_entries AFTER INSERT ON sequences.entry_request REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION sequences.notify_entries();
