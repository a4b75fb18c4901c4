-- Who asked for a new password, before anybody has looked whether there is such a person: the answer must not depend on that, nor take longer.
CREATE TABLE identity.password_reset_request (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  asked_at timestamptz NOT NULL
);
ALTER TABLE identity.password_reset_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.password_reset_request FORCE ROW LEVEL SECURITY;
CREATE POLICY password_reset_request_process ON identity.password_reset_request USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON identity.password_reset_request TO throughline_app;

-- The mail of an invitation came back after the mail server had taken it.
ALTER TABLE identity.invitation
  ADD COLUMN bounced_at timestamptz,
  ADD COLUMN bounce_reason text;
