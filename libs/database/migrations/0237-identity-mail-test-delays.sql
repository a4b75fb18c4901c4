ALTER TABLE identity.mail_test
  -- The refusal holds for now: the e-mail is tried again.
  ADD COLUMN is_delayed boolean NOT NULL DEFAULT false,
  ADD CHECK (refusal IS NOT NULL OR NOT is_delayed);
