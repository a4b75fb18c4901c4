-- needs: database.is_system, database.partner_scope, database.vendor_scope, database.zone_or_utc

-- What people are told of: in the portal, by e-mail at once, or in the weekly summary.
CREATE SCHEMA notifications;
GRANT USAGE ON SCHEMA notifications TO throughline_app;

-- One row per person and event. A person who leaves the team loses them.
CREATE TABLE notifications.notification (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  -- What the person can turn on or off.
  kind text NOT NULL,
  -- What happened.
  event text NOT NULL,
  -- Identifies the event in the organisation, such as 'campaign-published <campaign>'.
  event_key text NOT NULL,
  at timestamptz NOT NULL,
  by_name text,
  -- Titles of the campaign by language.
  titles jsonb,
  number integer,
  -- Where it is in the portal.
  path text NOT NULL CHECK (path LIKE '/%'),
  -- Shown in the portal.
  in_app boolean NOT NULL,
  read_at timestamptz,
  -- Since when it is not true, such as an offer that was recalled: shown and mailed to nobody.
  hidden_at timestamptz,
  -- As the person had chosen when an e-mail was due.
  delivery text NOT NULL CHECK (delivery IN ('at-once', 'weekly', 'none')),
  mailed_at timestamptz,
  -- When a weekly summary named it.
  digested_at timestamptz,
  -- The contact that it is about. The row is deleted with the contact.
  contact_id uuid,
  partner_id uuid,
  UNIQUE (user_id, organisation_id, event_key),
  FOREIGN KEY (user_id, organisation_id) REFERENCES identity.assignment ON DELETE CASCADE,
  FOREIGN KEY (contact_id, partner_id) REFERENCES contacts.contact (id, partner_id) ON DELETE CASCADE,
  CHECK ((contact_id IS NULL) = (partner_id IS NULL))
);
CREATE INDEX notification_of_person ON notifications.notification (user_id, organisation_id, id DESC)
  WHERE in_app AND hidden_at IS NULL;
CREATE INDEX notification_unread ON notifications.notification (user_id, organisation_id)
  WHERE in_app AND hidden_at IS NULL AND read_at IS NULL;
CREATE INDEX notification_of_event ON notifications.notification (event, event_key) WHERE read_at IS NULL;
CREATE INDEX notification_for_digest ON notifications.notification (organisation_id)
  WHERE delivery = 'weekly' AND digested_at IS NULL;
CREATE INDEX notification_at ON notifications.notification (at);
CREATE INDEX notification_of_contact ON notifications.notification (contact_id) WHERE contact_id IS NOT NULL;
ALTER TABLE notifications.notification ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY notification_process ON notifications.notification USING ((SELECT database.is_system()));
CREATE POLICY notification_team ON notifications.notification
  USING (organisation_id IN ((SELECT database.vendor_scope()), (SELECT database.partner_scope())));
GRANT SELECT, INSERT, UPDATE, DELETE ON notifications.notification TO throughline_app;

-- Mailboxes without an account, such as sales@, that refused a kind of e-mail by its link.
CREATE TABLE notifications.mailbox_refusal (
  organisation_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- Derived from the address: libs/notifications/src/opt-out-token.ts.
  mailbox_id uuid NOT NULL,
  kind text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, mailbox_id, kind)
);
ALTER TABLE notifications.mailbox_refusal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY mailbox_refusal_process ON notifications.mailbox_refusal USING ((SELECT database.is_system()));
CREATE POLICY mailbox_refusal_team ON notifications.mailbox_refusal
  USING (organisation_id IN ((SELECT database.vendor_scope()), (SELECT database.partner_scope())));
GRANT SELECT, INSERT, DELETE ON notifications.mailbox_refusal TO throughline_app;

-- Settings per person and kind: e-mail at once, weekly or none; and whether the portal shows it.
-- Null: as for all who chose nothing.
ALTER TABLE identity.notification_choice
  DROP CONSTRAINT notification_choice_kind_check,
  DROP CONSTRAINT notification_choice_delivery_check,
  ALTER COLUMN delivery DROP NOT NULL,
  ADD COLUMN in_app boolean,
  ADD CHECK (kind IN (
    'campaigns', 'leads', 'finished', 'weekly', 'versions', 'steps', 'replies', 'sending', 'webhooks',
    'reviews', 'launches', 'shared-leads', 'expiring', 'idle-partners'
  )),
  ADD CHECK (delivery IN ('at-once', 'weekly', 'none'));
-- An owner that is no superuser changes the rows under their policies.
SELECT set_config('throughline.system', 'on', true);
UPDATE identity.notification_choice SET delivery = 'weekly' WHERE kind = 'weekly' AND delivery = 'at-once';
-- News of campaigns had been part of the mails about versions.
INSERT INTO identity.notification_choice (user_id, organisation_id, kind, delivery)
SELECT user_id, organisation_id, 'campaigns', delivery FROM identity.notification_choice WHERE kind = 'versions';
SELECT set_config('throughline.system', '', true);

-- The portal's bell lists notifications now.
DROP TABLE identity.news_reading;

-- Null: that of the organisation.
ALTER TABLE identity.user_account ADD COLUMN time_zone text;

-- Who may get a weekly summary, and when Monday begins for them.
CREATE VIEW identity.team_member_view WITH (security_invoker = true) AS
  SELECT a.user_id, a.organisation_id, a.created_at AS since, coalesce(u.time_zone, o.time_zone) AS time_zone
  FROM identity.assignment a JOIN identity.user_account u ON u.id = a.user_id
    JOIN organisations.organisation_view o ON o.id = a.organisation_id;
GRANT SELECT ON identity.team_member_view TO throughline_app;

-- The Monday of the last weekly summary of a person, or of the last week in which there was nothing.
CREATE TABLE notifications.digest (
  user_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  week_on date NOT NULL,
  PRIMARY KEY (user_id, organisation_id),
  FOREIGN KEY (user_id, organisation_id) REFERENCES identity.assignment ON DELETE CASCADE
);
ALTER TABLE notifications.digest ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY digest_process ON notifications.digest USING ((SELECT database.is_system()));
CREATE POLICY digest_team ON notifications.digest FOR SELECT
  USING (organisation_id IN ((SELECT database.vendor_scope()), (SELECT database.partner_scope())));
GRANT SELECT, INSERT, UPDATE ON notifications.digest TO throughline_app;
-- The first summary comes on the next Monday: partners had the mail of this week.
SELECT set_config('throughline.system', 'on', true);
INSERT INTO notifications.digest (user_id, organisation_id, week_on)
SELECT user_id, organisation_id,
  date_trunc('week', now() AT TIME ZONE database.zone_or_utc(time_zone) - interval '7 hours')::date
FROM identity.team_member_view;
SELECT set_config('throughline.system', '', true);
DROP TABLE insight.weekly_mail;
DROP VIEW activations.campaign_news_view;

-- One click in a mail program stops this kind of e-mail (RFC 8058).
ALTER TABLE identity.system_mail ADD COLUMN unsubscribe_url text;

-- Processes write to many partners in one transaction, in the colours of each.
CREATE POLICY brand_profile_process ON brand.brand_profile FOR SELECT USING ((SELECT database.is_system()));
