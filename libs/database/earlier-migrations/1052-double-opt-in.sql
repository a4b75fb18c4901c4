-- Where a mail has to be answered before an opt-in counts.
CREATE TABLE contacts.consent_rule (
  partner_id uuid PRIMARY KEY,
  double_opt_in boolean NOT NULL,
  changed_at timestamptz NOT NULL
);

-- Who was asked to confirm, and what came of it: the evidence of a double opt-in. It goes with the contact.
CREATE TABLE contacts.opt_in (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  activation_id uuid,
  -- What the person agreed to, as it was shown.
  text_shown text NOT NULL,
  language text NOT NULL,
  asked_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  -- Mails in the day that began then.
  mails smallint NOT NULL,
  mails_since timestamptz NOT NULL,
  -- Keyed hashes of the addresses that asked and that confirmed: two can be compared, neither can be read.
  asked_from bytea NOT NULL,
  confirmed_from bytea,
  confirmed_at timestamptz,
  CHECK ((confirmed_at IS NULL) = (confirmed_from IS NULL)),
  FOREIGN KEY (contact_id, partner_id) REFERENCES contacts.contact (id, partner_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX opt_in_open ON contacts.opt_in (contact_id) WHERE confirmed_at IS NULL;
CREATE INDEX opt_in_of_contact ON contacts.opt_in (contact_id);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['consent_rule', 'opt_in'] LOOP
    EXECUTE format('ALTER TABLE contacts.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE contacts.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY %I ON contacts.%I USING (partner_id = (SELECT database.partner_scope()))', name || '_of_partner', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON contacts.%I TO throughline_app', name);
  END LOOP;
END $$;

-- Asked and not yet confirmed is a basis of its own, on which nobody writes; and where a jurisdiction is known from.
ALTER TABLE contacts.consent_record DROP CONSTRAINT consent_record_basis_check;
ALTER TABLE contacts.consent_record ADD CONSTRAINT consent_record_basis_check
  CHECK (basis IN ('customer', 'opt-in', 'legitimate-interest', 'unknown', 'pending'));
ALTER TABLE contacts.consent_record ADD COLUMN jurisdiction_source text CHECK (jurisdiction_source IN ('stated', 'contact'));
ALTER TABLE contacts.consent_record NO FORCE ROW LEVEL SECURITY;
UPDATE contacts.consent_record SET jurisdiction_source = 'stated' WHERE jurisdiction IS NOT NULL;
ALTER TABLE contacts.consent_record FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts.consent_record ADD CONSTRAINT consent_record_jurisdiction_known
  CHECK ((jurisdiction IS NULL) = (jurisdiction_source IS NULL));

-- A letter in a partner's name.
ALTER TABLE identity.system_mail ADD COLUMN sender_name text;
