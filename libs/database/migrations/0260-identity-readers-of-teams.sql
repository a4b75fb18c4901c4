ALTER TABLE identity.system_mail
  -- The organisation that the e-mail tells its reader of. It is not sent to a person who has left its team.
  ADD COLUMN team_of uuid;
