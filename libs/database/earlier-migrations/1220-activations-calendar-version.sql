-- Counts the changes of a partner's calendar: who saves over a newer one than was looked at is told.
ALTER TABLE activations.calendar ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0);
