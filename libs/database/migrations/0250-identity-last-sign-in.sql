ALTER TABLE identity.assignment
  -- When the person last began a session in this organisation; sessions are deleted. Null: not since this
  -- column exists.
  ADD COLUMN last_signed_in_at timestamptz;
