ALTER TABLE organisations.organisation
  -- Languages that new campaigns of a vendor begin with (BCP 47), the first one first. Empty: its author's.
  ADD COLUMN languages text[] NOT NULL DEFAULT '{}',
  -- Made by npm start with invented data; the portal says so.
  ADD COLUMN is_sample boolean NOT NULL DEFAULT false;

CREATE OR REPLACE VIEW organisations.organisation_view WITH (security_invoker = true) AS
  SELECT id, kind, name, country_code, time_zone, languages, is_sample
  FROM organisations.organisation;
