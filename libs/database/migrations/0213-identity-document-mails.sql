ALTER TABLE identity.mail_allowance DROP CONSTRAINT mail_allowance_kind_check;
ALTER TABLE identity.mail_allowance ADD CONSTRAINT mail_allowance_kind_check
  CHECK (kind IN ('invitation', 'password-reset', 'email-change', 'opt-in', 'document', 'form-notice', 'lead-reminder', 'test-mail'));
