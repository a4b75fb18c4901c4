-- Whether an entry of this kind still waits for the enrolment. A person may unsubscribe, undo it and
-- unsubscribe again before the first entry is processed: its state alone does not say where it will be.
CREATE OR REPLACE FUNCTION sequences.has_inbox_entry(enrolment uuid, entry_kind text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM sequences.inbox WHERE enrolment_id = enrolment AND kind = entry_kind) $$;
