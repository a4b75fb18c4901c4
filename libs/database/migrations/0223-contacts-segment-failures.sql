-- A segment that could not be evaluated is evaluated as a whole at next_at, which is the later the more
-- often that failed in a row.
ALTER TABLE contacts.segment_due
  ADD COLUMN failures integer NOT NULL DEFAULT 0,
  ADD COLUMN failed_at timestamptz,
  -- The SQLSTATE, or the name of the error: its message may have values of the rule.
  ADD COLUMN problem text;
