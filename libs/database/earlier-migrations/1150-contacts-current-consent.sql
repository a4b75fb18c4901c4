-- The consent that counts stands with the contact, too, so that whom a filter means is found without looking up the newest record of
-- everybody. The records stay the evidence, and what a message is decided by.
ALTER TABLE contacts.contact
  -- The record that counts; null where nothing was ever recorded.
  ADD COLUMN consent_record_id uuid,
  ADD COLUMN consent_basis text NOT NULL DEFAULT 'unknown',
  ADD COLUMN consent_expires_on date;

-- An owner without the right to bypass policies would see no row. Nobody who waits for a field is told of this change: no field has changed.
ALTER TABLE contacts.contact NO FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts.consent_record NO FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts.contact DISABLE TRIGGER contacts_are_heard;
UPDATE contacts.contact c SET consent_record_id = last.id, consent_basis = last.basis, consent_expires_on = last.expires_on
FROM (SELECT DISTINCT ON (contact_id) contact_id, id, basis, expires_on FROM contacts.consent_record ORDER BY contact_id, id DESC) last
WHERE c.id = last.contact_id;
ALTER TABLE contacts.contact ENABLE TRIGGER contacts_are_heard;
ALTER TABLE contacts.consent_record FORCE ROW LEVEL SECURITY;

-- What a search for part of a name, company or address looks through. Cut, for an entry of an index holds 2,704 bytes.
ALTER TABLE contacts.contact
  ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (
    left(lower(email || coalesce(' ' || first_name, '') || coalesce(' ' || last_name, '') || coalesce(' ' || company, '')), 520)) STORED;
ALTER TABLE contacts.contact FORCE ROW LEVEL SECURITY;

-- A page and a search read this index and no row: policies of row-level security keep an index for words (trigrams) from being asked, for
-- what compares words is not proved to tell nothing of rows that are not shown.
DROP INDEX contacts.contact_newest;
CREATE INDEX contact_newest ON contacts.contact (partner_id, id) INCLUDE (search_text, consent_basis, consent_expires_on);
-- What is counted: entries that are alike share one place, so that half a million take four megabytes.
CREATE INDEX contact_by_consent ON contacts.contact (partner_id, consent_basis, consent_expires_on);
-- The few of whom a page would have to be sought among all.
CREATE INDEX contact_without_consent ON contacts.contact (partner_id, consent_basis, id) WHERE consent_basis IN ('unknown', 'pending');
CREATE INDEX contact_consent_ends ON contacts.contact (partner_id, consent_expires_on) WHERE consent_expires_on IS NOT NULL;

-- By the statement: an import records tens of thousands, and writes what counts with the contacts that are new. Ids say which record is
-- newer, so that of two transactions the later record wins, whichever comes last.
CREATE FUNCTION contacts.keep_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE contacts.contact c SET consent_record_id = last.id, consent_basis = last.basis, consent_expires_on = last.expires_on
  FROM (SELECT DISTINCT ON (contact_id) contact_id, id, basis, expires_on FROM recorded ORDER BY contact_id, id DESC) last
  WHERE c.id = last.contact_id AND (c.consent_record_id IS NULL OR c.consent_record_id < last.id);
  RETURN NULL;
END $$;
CREATE TRIGGER consent_is_kept AFTER INSERT ON contacts.consent_record REFERENCING NEW TABLE AS recorded
  FOR EACH STATEMENT EXECUTE FUNCTION contacts.keep_consent();
