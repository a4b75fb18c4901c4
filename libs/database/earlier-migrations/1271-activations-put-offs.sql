-- A partner puts off what is still to come: from when, until when nothing goes, and by how many days everything is later. A held activation
-- is put off from when it was held on: how long that was, nobody has written down so far.
ALTER TABLE activations.activation
  ADD COLUMN put_offs jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN held_at timestamptz;
