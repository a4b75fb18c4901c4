-- By which mail servers a domain's mail is taken: a limit of theirs holds for all domains that they serve. A cache of DNS.
CREATE TABLE delivery.mail_group (
  domain text PRIMARY KEY,
  -- The domain itself until it was looked up, and where nobody could tell.
  mail_group text NOT NULL,
  -- Machine time.
  next_look_at timestamptz NOT NULL
);
CREATE INDEX mail_group_next_look ON delivery.mail_group (next_look_at);
ALTER TABLE delivery.mail_group ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery.mail_group FORCE ROW LEVEL SECURITY;
CREATE POLICY mail_group_process ON delivery.mail_group USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.mail_group TO throughline_app;

-- What waits is a group now. After a pause its mail goes on by a rate, until the rate has grown past any need.
ALTER TABLE delivery.destination RENAME COLUMN domain TO mail_group;
ALTER TABLE delivery.destination DROP CONSTRAINT destination_refusals_check;
ALTER TABLE delivery.destination
  ADD CHECK (refusals >= 0),
  ADD COLUMN rate double precision NOT NULL DEFAULT 60 CHECK (rate > 0),
  -- Messages that may go at once, and since when no more were counted.
  ADD COLUMN tokens double precision NOT NULL DEFAULT 0 CHECK (tokens >= 0),
  ADD COLUMN counted_at timestamptz NOT NULL DEFAULT now();
