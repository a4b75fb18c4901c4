-- The word for a contact's part of the market: what conditions of a template and ways of a sequence may ask about.
ALTER TABLE contacts.contact ADD COLUMN segment text;
