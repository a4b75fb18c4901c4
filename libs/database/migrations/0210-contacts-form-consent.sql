-- Where and how a form asked for a consent. Null for records of another origin.
ALTER TABLE contacts.consent_record
  -- Of the text as shown, BCP 47.
  ADD COLUMN language text,
  -- URL of the page that showed it.
  ADD COLUMN page text,
  -- The campaign version of the page.
  ADD COLUMN version_id uuid,
  -- Who asked for a confirmation by e-mail: the partner's consent rule, or the campaign.
  ADD COLUMN confirmation text CHECK (confirmation IN ('none', 'partner', 'campaign')),
  ADD CONSTRAINT consent_record_form CHECK (num_nonnulls(language, page, version_id, confirmation) IN (0, 4));

-- The same of a request, for the record that its confirmation makes. Null in requests from before.
ALTER TABLE contacts.opt_in
  -- `language` is that of the e-mail that asks.
  ADD COLUMN text_language text,
  ADD COLUMN page text,
  ADD COLUMN version_id uuid,
  ADD COLUMN confirmation text CHECK (confirmation IN ('none', 'partner', 'campaign')),
  -- The country that the form stated; null: none.
  ADD COLUMN jurisdiction text;

CREATE OR REPLACE VIEW contacts.opt_in_view WITH (security_invoker = true) AS
  SELECT id, contact_id, activation_id, text_shown, language, requested_at, expires_at, confirmed_at,
    encode(requested_from, 'hex') AS requested_from_hash, encode(confirmed_from, 'hex') AS confirmed_from_hash,
    text_language, page, version_id, confirmation, jurisdiction
  FROM contacts.opt_in;
