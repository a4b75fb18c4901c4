-- Where opt-ins have to be confirmed (ISO 3166-1); none: everywhere. Who says no country is asked, too.
ALTER TABLE contacts.consent_rule ADD COLUMN countries text[] NOT NULL DEFAULT '{}'
  CHECK (array_position(countries, NULL) IS NULL AND array_to_string(countries, '') ~ '^([A-Z]{2})*$');
