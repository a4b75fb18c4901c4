ALTER TABLE organisations.membership
  -- What the partner is told of the end of a membership that it had accepted.
  ADD COLUMN ended_reason text,
  -- When the partner was told. Null: not yet, or it has not ended.
  ADD COLUMN end_told_at timestamptz;
