-- needs: database.is_system, database.vendor_scope

-- The newest e-mail by which an organisation tested that e-mails of the product leave the installation.
CREATE TABLE identity.mail_test (
  organisation_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  -- Of identity.system_mail. An answer about an earlier e-mail changes nothing.
  mail_id uuid NOT NULL,
  requested_at timestamptz NOT NULL,
  -- When the mail server accepted it, or the text of its newest refusal without addresses.
  accepted_at timestamptz,
  refusal text,
  CHECK (accepted_at IS NULL OR refusal IS NULL)
);
ALTER TABLE identity.mail_test ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY mail_test_process ON identity.mail_test USING ((SELECT database.is_system()));
CREATE POLICY mail_test_of_vendor ON identity.mail_test
  USING (organisation_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE ON identity.mail_test TO throughline_app;
