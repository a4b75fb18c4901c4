-- needs: database.is_system, database.partner_scope, database.vendor_scope

CREATE TABLE identity.user_account (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  name text NOT NULL,
  -- argon2id in PHC form; null until an invitation is accepted.
  password_hash text,
  locale text NOT NULL,
  -- Country (ISO 3166) in whose way dates, times and numbers are shown. Null: as in the browser.
  region text CHECK (region ~ '^[A-Z]{2}$'),
  -- ISO 8601: 1 is Monday. Null: as in the region.
  week_starts_on smallint CHECK (week_starts_on IN (1, 6, 7)),
  created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX user_account_email ON identity.user_account (lower(email));
ALTER TABLE identity.user_account ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- Sign-in happens before an organisation is known, so the process reads all accounts. People see
-- only those of their organisation.
CREATE POLICY user_account_process ON identity.user_account USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.user_account TO throughline_app;

CREATE TABLE identity.assignment (
  user_id uuid NOT NULL REFERENCES identity.user_account (id),
  organisation_id uuid NOT NULL REFERENCES organisations.organisation (id),
  role text NOT NULL CHECK (role IN ('owner', 'marketer', 'approver', 'analyst', 'viewer')),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, organisation_id)
);
CREATE INDEX assignment_of_organisation ON identity.assignment (organisation_id);
ALTER TABLE identity.assignment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY assignment_process ON identity.assignment USING ((SELECT database.is_system()));
CREATE POLICY assignment_team ON identity.assignment
  USING (organisation_id IN ((SELECT database.vendor_scope()), (SELECT database.partner_scope())));
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.assignment TO throughline_app;

-- Mails of an organisation that a person has turned on or off. No row: owners and the address of the
-- brand profile get them.
CREATE TABLE identity.notification_choice (
  user_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN (
    'leads', 'finished', 'weekly', 'versions', 'steps', 'replies', 'sending', 'webhooks', 'reviews'
  )),
  delivery text NOT NULL CHECK (delivery IN ('at-once', 'none')),
  PRIMARY KEY (user_id, organisation_id, kind),
  FOREIGN KEY (user_id, organisation_id) REFERENCES identity.assignment ON DELETE CASCADE
);
ALTER TABLE identity.notification_choice ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY notification_choice_process ON identity.notification_choice
  USING ((SELECT database.is_system()));
CREATE POLICY notification_choice_team ON identity.notification_choice
  USING (organisation_id IN ((SELECT database.vendor_scope()), (SELECT database.partner_scope())));
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.notification_choice TO throughline_app;

-- Until when a person has read the news of an organisation. News are derived; only this is stored.
CREATE TABLE identity.news_reading (
  user_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  read_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, organisation_id),
  FOREIGN KEY (user_id, organisation_id) REFERENCES identity.assignment ON DELETE CASCADE
);
ALTER TABLE identity.news_reading ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY news_reading_team ON identity.news_reading
  USING (organisation_id IN ((SELECT database.vendor_scope()), (SELECT database.partner_scope())));
GRANT SELECT, INSERT, UPDATE ON identity.news_reading TO throughline_app;

-- Only hashes of tokens are stored: reading this table does not allow signing in.
CREATE TABLE identity.session (
  token_hash bytea PRIMARY KEY,
  -- Names the session in lists; it opens nothing.
  id uuid NOT NULL UNIQUE,
  user_id uuid NOT NULL REFERENCES identity.user_account (id),
  organisation_id uuid REFERENCES organisations.organisation (id),
  csrf_token text NOT NULL,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  -- First 300 characters of the browser's User-Agent.
  user_agent text NOT NULL,
  -- The person proved a second factor: a code or a passkey.
  has_second_factor boolean NOT NULL,
  -- When the person last proved to be there: at sign-in, or by a confirmation.
  confirmed_at timestamptz NOT NULL
);
CREATE INDEX session_of_user ON identity.session (user_id);
CREATE INDEX session_seen ON identity.session (seen_at);
ALTER TABLE identity.session ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY session_process ON identity.session USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.session TO throughline_app;

CREATE TABLE identity.invitation (
  id uuid PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  organisation_id uuid NOT NULL REFERENCES organisations.organisation (id),
  email text NOT NULL,
  role text NOT NULL,
  -- Language of the mail (BCP 47), and of the account that it creates.
  locale text NOT NULL,
  invited_by text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  -- The vendor that invited a partner's first person; null where a team invites its own members. A
  -- vendor reads and withdraws only the invitations that it sent.
  vendor_id uuid REFERENCES organisations.organisation (id),
  sent_by text,
  withdrawn_at timestamptz,
  -- When the mail server accepted the e-mail, or why it did not.
  submitted_at timestamptz,
  refusal text,
  -- When the invitation's e-mail bounced after the mail server had accepted it.
  bounced_at timestamptz,
  bounce_reason text
);
CREATE INDEX invitation_of_organisation ON identity.invitation (organisation_id);
CREATE INDEX invitation_of_vendor ON identity.invitation (vendor_id, created_at);
CREATE INDEX invitation_open ON identity.invitation (vendor_id, organisation_id)
  WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
ALTER TABLE identity.invitation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY invitation_process ON identity.invitation USING ((SELECT database.is_system()));
CREATE POLICY invitation_team ON identity.invitation
  USING (organisation_id IN ((SELECT database.vendor_scope()), (SELECT database.partner_scope())));
-- A vendor invites the first person of a partner in its programme.
CREATE POLICY invitation_partner ON identity.invitation FOR INSERT WITH CHECK (
  vendor_id = (SELECT database.vendor_scope()) AND EXISTS (
    SELECT 1 FROM organisations.membership m WHERE m.partner_id = organisation_id AND m.vendor_id = (SELECT database.vendor_scope())));
CREATE POLICY invitation_sent ON identity.invitation FOR SELECT
  USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY invitation_withdraw ON identity.invitation FOR UPDATE
  USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.invitation TO throughline_app;

CREATE TABLE identity.password_reset (
  token_hash bytea PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES identity.user_account (id),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
ALTER TABLE identity.password_reset ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY password_reset_process ON identity.password_reset USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.password_reset TO throughline_app;

-- Links to new addresses of people. They prove that the person reads mail there.
CREATE TABLE identity.email_change (
  token_hash bytea PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES identity.user_account (id),
  email text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX email_change_of_user ON identity.email_change (user_id);
ALTER TABLE identity.email_change ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY email_change_process ON identity.email_change USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON identity.email_change TO throughline_app;

CREATE TABLE identity.sign_in_failure (
  -- Hash of what is guessed: the password of an address, whether or not an account exists (the
  -- answer must not depend on it), or a person's code.
  subject_hash bytea PRIMARY KEY,
  failures integer NOT NULL,
  window_started_at timestamptz NOT NULL
);
ALTER TABLE identity.sign_in_failure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY sign_in_failure_process ON identity.sign_in_failure USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.sign_in_failure TO throughline_app;

-- Public keys of WebAuthn. One person may have several.
CREATE TABLE identity.passkey (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES identity.user_account (id),
  -- The authenticator's name of the key, base64url.
  credential_id text NOT NULL UNIQUE,
  public_key bytea NOT NULL,
  -- Signatures so far; stays 0 for keys that are synchronised between devices.
  counter bigint NOT NULL,
  name text NOT NULL,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz
);
CREATE INDEX passkey_of_user ON identity.passkey (user_id);
ALTER TABLE identity.passkey ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY passkey_process ON identity.passkey USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.passkey TO throughline_app;

-- Each challenge is used once and deleted.
CREATE TABLE identity.passkey_challenge (
  challenge_hash bytea PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('registration', 'sign-in', 'confirmation')),
  -- Null for a sign-in: the person is not known yet.
  user_id uuid REFERENCES identity.user_account (id),
  expires_at timestamptz NOT NULL
);
CREATE INDEX passkey_challenge_expires ON identity.passkey_challenge (expires_at);
ALTER TABLE identity.passkey_challenge ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY passkey_challenge_process ON identity.passkey_challenge USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON identity.passkey_challenge TO throughline_app;

-- The secret that a person's authenticator app shares with the server (RFC 6238).
CREATE TABLE identity.totp (
  user_id uuid PRIMARY KEY REFERENCES identity.user_account (id),
  -- Sealed with a key derived from SECRET_KEY.
  secret bytea NOT NULL,
  created_at timestamptz NOT NULL,
  -- Null until a code of the app has proved that it has the secret.
  confirmed_at timestamptz,
  -- The last 30-second step whose code was used. Codes of it and of earlier steps are refused.
  last_step bigint NOT NULL DEFAULT 0
);
ALTER TABLE identity.totp ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY totp_process ON identity.totp USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.totp TO throughline_app;

-- Codes for a person who has lost the authenticator app. Each is used once.
CREATE TABLE identity.recovery_code (
  user_id uuid NOT NULL REFERENCES identity.user_account (id),
  code_hash bytea NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (user_id, code_hash)
);
ALTER TABLE identity.recovery_code ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY recovery_code_process ON identity.recovery_code USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.recovery_code TO throughline_app;

-- What an organisation asks of its people's sign-ins. No row: nothing.
CREATE TABLE identity.sign_in_policy (
  organisation_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  second_factor_required boolean NOT NULL,
  changed_at timestamptz NOT NULL
);
ALTER TABLE identity.sign_in_policy ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY sign_in_policy_process ON identity.sign_in_policy USING ((SELECT database.is_system()));
CREATE POLICY sign_in_policy_team ON identity.sign_in_policy
  USING (organisation_id IN ((SELECT database.vendor_scope()), (SELECT database.partner_scope())));
GRANT SELECT, INSERT, UPDATE ON identity.sign_in_policy TO throughline_app;

CREATE TABLE identity.api_key (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- The person who answers for it. It can do nothing that this person cannot.
  user_id uuid NOT NULL REFERENCES identity.user_account (id),
  -- The person's name at that time: it stays readable after the person has left.
  created_by text NOT NULL,
  name text NOT NULL,
  key_hash bytea NOT NULL UNIQUE,
  -- First characters of the key, to tell keys apart.
  hint text NOT NULL,
  role text NOT NULL,
  -- Null: all permissions of the role.
  permissions text[],
  created_at timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX api_key_of_organisation ON identity.api_key (organisation_id);
CREATE INDEX api_key_of_user ON identity.api_key (user_id);
ALTER TABLE identity.api_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY api_key_process ON identity.api_key USING ((SELECT database.is_system()));
CREATE POLICY api_key_team ON identity.api_key
  USING (organisation_id IN ((SELECT database.vendor_scope()), (SELECT database.partner_scope())));
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.api_key TO throughline_app;

-- E-mails of the product itself, until the mail server has accepted them.
CREATE TABLE identity.system_mail (
  id uuid PRIMARY KEY,
  recipient text NOT NULL,
  subject text NOT NULL,
  body_text text NOT NULL,
  body_html text NOT NULL,
  created_at timestamptz NOT NULL,
  -- Set for e-mails in an organisation's name.
  sender_name text,
  -- The picture that the HTML shows as its logo, in the store.
  logo_hash text CHECK (logo_hash ~ '^[0-9a-f]{64}$'),
  -- Set for invitations. The e-mail is sent only while its invitation is open.
  invitation_id uuid REFERENCES identity.invitation (id),
  -- Set once the mail server has refused it for good, with the text of its reply without addresses.
  -- Such an e-mail is not tried again. It is deleted 14 days after it was created.
  closed_at timestamptz,
  refusal text,
  CHECK ((closed_at IS NULL) = (refusal IS NULL))
);
ALTER TABLE identity.system_mail ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY system_mail_ask ON identity.system_mail FOR INSERT WITH CHECK (true);
CREATE POLICY system_mail_process ON identity.system_mail USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.system_mail TO throughline_app;

-- E-mails of the last day that strangers caused, by kind and address. Keyed hashes only. Any scope
-- counts: invitations are sent by vendors and partners, opt-ins by processes. Rows of other addresses
-- cannot be found without the key.
CREATE TABLE identity.mail_allowance (
  kind text NOT NULL CHECK (kind IN ('invitation', 'password-reset', 'email-change', 'opt-in', 'form-notice', 'test-mail')),
  email_key bytea NOT NULL CHECK (octet_length(email_key) = 32),
  sent timestamptz[] NOT NULL,
  PRIMARY KEY (kind, email_key)
);
ALTER TABLE identity.mail_allowance ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY mail_allowance_count ON identity.mail_allowance USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.mail_allowance TO throughline_app;

-- Requests for a new password, stored before the account is looked up. Neither the answer nor its
-- time may depend on whether the account exists.
CREATE TABLE identity.password_reset_request (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  requested_at timestamptz NOT NULL
);
ALTER TABLE identity.password_reset_request ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY password_reset_request_process ON identity.password_reset_request
  USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON identity.password_reset_request TO throughline_app;

-- Policies that read a table further down.
CREATE POLICY user_account_team ON identity.user_account FOR SELECT USING (EXISTS (
  SELECT 1 FROM identity.assignment a WHERE a.user_id = user_account.id
    AND a.organisation_id IN ((SELECT database.vendor_scope()), (SELECT database.partner_scope()))));
