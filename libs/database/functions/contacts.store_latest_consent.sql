-- Per statement: an import adds tens of thousands of records. Ids are ordered by time, so the later
-- record wins in any order of transactions.
CREATE OR REPLACE FUNCTION contacts.store_latest_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE contacts.contact c SET consent_record_id = last.id, consent_basis = last.basis, consent_expires_on = last.expires_on
  FROM (SELECT DISTINCT ON (contact_id) contact_id, id, basis, expires_on FROM recorded ORDER BY contact_id, id DESC) last
  WHERE c.id = last.contact_id AND (c.consent_record_id IS NULL OR c.consent_record_id < last.id);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER store_latest_consent AFTER INSERT ON contacts.consent_record REFERENCING NEW TABLE AS recorded
  FOR EACH STATEMENT EXECUTE FUNCTION contacts.store_latest_consent();
