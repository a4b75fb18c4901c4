-- needs: database.is_system, database.vendor_scope

-- Companies that ask a vendor to become a partner.
CREATE SCHEMA joining;
GRANT USAGE ON SCHEMA joining TO throughline_app;

-- A vendor's public form. No row: it has none.
CREATE TABLE joining.application_form (
  vendor_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  is_open boolean NOT NULL,
  -- Introduction by language, BCP 47.
  introduction jsonb NOT NULL,
  -- The vendor's own questions, in their order.
  questions jsonb NOT NULL,
  -- Which companies are accepted or refused at once.
  rules jsonb NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL
);
ALTER TABLE joining.application_form ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY application_form_process ON joining.application_form USING ((SELECT database.is_system()));
CREATE POLICY application_form_of_vendor ON joining.application_form
  USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE ON joining.application_form TO throughline_app;

CREATE TABLE joining.application (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  company text NOT NULL,
  website text,
  country_code text NOT NULL CHECK (country_code ~ '^[A-Z]{2}$'),
  person text NOT NULL,
  email text NOT NULL,
  -- Of e-mails to the applicant, BCP 47.
  locale text NOT NULL,
  -- By the key of the question, with the question as it was asked.
  answers jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  -- Of the link that proves the address.
  token_hash bytea NOT NULL UNIQUE,
  expires_at timestamptz NOT NULL,
  -- The vendor sees the application from then on.
  confirmed_at timestamptz,
  -- The rules leave it to a person.
  owners_told_at timestamptz,
  decision text CHECK (decision IN ('accepted', 'refused')),
  -- A person or API key of the vendor, or null: a rule of the form.
  decided_by text,
  decided_at timestamptz,
  -- What the applicant is told.
  reason text,
  -- The partner that was invited.
  partner_id uuid REFERENCES organisations.organisation (id),
  CHECK ((decision IS NULL) = (decided_at IS NULL)),
  CHECK (decision IS NULL OR confirmed_at IS NOT NULL)
);
CREATE INDEX application_of_vendor ON joining.application (vendor_id, id) WHERE confirmed_at IS NOT NULL;
CREATE INDEX application_unconfirmed ON joining.application (vendor_id, created_at) WHERE confirmed_at IS NULL;
ALTER TABLE joining.application ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY application_process ON joining.application USING ((SELECT database.is_system()));
CREATE POLICY application_of_vendor ON joining.application
  USING (vendor_id = (SELECT database.vendor_scope()) AND confirmed_at IS NOT NULL);
GRANT SELECT, INSERT, UPDATE, DELETE ON joining.application TO throughline_app;

ALTER TABLE identity.mail_allowance DROP CONSTRAINT mail_allowance_kind_check;
ALTER TABLE identity.mail_allowance ADD CONSTRAINT mail_allowance_kind_check
  CHECK (kind IN ('application', 'invitation', 'password-reset', 'email-change', 'opt-in', 'document', 'form-notice', 'lead-reminder', 'test-mail'));
