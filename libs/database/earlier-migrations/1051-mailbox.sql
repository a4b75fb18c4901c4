-- A mailbox that what comes back is read from: how far, and by whom at this moment.
CREATE TABLE engagement.mailbox (
  -- Host, user and folder, hashed: the address is nobody's business here.
  id text PRIMARY KEY,
  -- UIDs count within it (RFC 9051, 2.3.1.1). Null until the first look.
  uid_validity text,
  last_uid bigint NOT NULL DEFAULT 0,
  -- Machine time.
  leased_until timestamptz,
  fence bigint NOT NULL DEFAULT 0,
  read_at timestamptz
);
-- Mails that were found and not yet taken in, and such as cannot be.
CREATE TABLE engagement.mailbox_mail (
  mailbox_id text NOT NULL REFERENCES engagement.mailbox (id),
  uid_validity text NOT NULL,
  uid bigint NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'aside')),
  tries integer NOT NULL DEFAULT 0,
  -- Why it was put aside, or not taken the last time. Without addresses.
  why text NOT NULL DEFAULT '',
  found_at timestamptz NOT NULL,
  PRIMARY KEY (mailbox_id, uid_validity, uid)
);

ALTER TABLE engagement.mailbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE engagement.mailbox FORCE ROW LEVEL SECURITY;
ALTER TABLE engagement.mailbox_mail ENABLE ROW LEVEL SECURITY;
ALTER TABLE engagement.mailbox_mail FORCE ROW LEVEL SECURITY;
CREATE POLICY mailbox_process ON engagement.mailbox USING ((SELECT database.is_system()));
CREATE POLICY mailbox_mail_process ON engagement.mailbox_mail USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON engagement.mailbox TO throughline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON engagement.mailbox_mail TO throughline_app;
