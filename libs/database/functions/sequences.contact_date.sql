-- A date of a contact by its name in a campaign: libs/contracts/src/contact-date.ts.
CREATE OR REPLACE FUNCTION sequences.contact_date(field text, renews_on date, warranty_ends_on date, trial_ends_on date, purchased_on date)
  RETURNS date LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE field WHEN 'renewsOn' THEN renews_on WHEN 'warrantyEndsOn' THEN warranty_ends_on
    WHEN 'trialEndsOn' THEN trial_ends_on WHEN 'purchasedOn' THEN purchased_on END $$;
