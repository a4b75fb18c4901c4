-- Notifies schedulers of new inbox entries on commit, instead of four polls a second. Schedulers
-- still poll, in case the listening connection is down. One notification per transaction. A
-- statement without rows sends no notification: NOTIFY makes commits wait for one another.
CREATE OR REPLACE FUNCTION sequences.notify_inbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added) THEN NOTIFY throughline_sequence_inbox; END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER notify_inbox AFTER INSERT ON sequences.inbox REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION sequences.notify_inbox();
