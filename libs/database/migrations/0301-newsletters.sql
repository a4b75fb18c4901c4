-- needs: database.is_system, database.partner_scope, database.vendor_scope

-- The content of a newsletter is a draft of this kind: partners cannot launch it.
ALTER TABLE campaigns.campaign
  ADD COLUMN purpose text NOT NULL DEFAULT 'campaign' CHECK (purpose IN ('campaign', 'newsletter')),
  -- Since when its content cannot change. Null: it can.
  ADD COLUMN frozen_at timestamptz;
GRANT UPDATE (frozen_at) ON campaigns.campaign TO throughline_app;

-- The newest content of each campaign.
CREATE VIEW campaigns.newest_content_view WITH (security_invoker = true) AS
  SELECT DISTINCT ON (campaign_id) campaign_id, vendor_id, number, title, locales, compiled_hash
  FROM campaigns.campaign_version ORDER BY campaign_id, number DESC;
GRANT SELECT ON campaigns.newest_content_view TO throughline_app;

-- Whom newsletters may go to, and in which language.
CREATE VIEW identity.person_of_team_view WITH (security_invoker = true) AS
  SELECT a.user_id, a.organisation_id, a.created_at AS since, a.role, u.name, u.email, u.locale
  FROM identity.assignment a JOIN identity.user_account u ON u.id = a.user_id;
GRANT SELECT ON identity.person_of_team_view TO throughline_app;

-- Who has turned off a kind of e-mail.
CREATE VIEW identity.notification_choice_view WITH (security_invoker = true) AS
  SELECT user_id, organisation_id, kind, delivery FROM identity.notification_choice;
GRANT SELECT ON identity.notification_choice_view TO throughline_app;

-- Its results count what the mail server says of it.
ALTER TABLE identity.system_mail ADD COLUMN is_newsletter boolean NOT NULL DEFAULT false;

-- The code checks the kinds.
ALTER TABLE identity.notification_choice DROP CONSTRAINT notification_choice_kind_check;

CREATE SCHEMA newsletters;
GRANT USAGE ON SCHEMA newsletters TO throughline_app;

-- A vendor's newsletters to people of its partners.
CREATE TABLE newsletters.newsletter (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- Its content.
  campaign_id uuid NOT NULL UNIQUE REFERENCES campaigns.campaign (id),
  -- Groups of partners; empty: all partners.
  group_ids uuid[] NOT NULL DEFAULT '{}',
  -- Roles of people; empty: all.
  roles text[] NOT NULL DEFAULT '{}',
  -- The postal address of the vendor, in the footer.
  sender_address text NOT NULL DEFAULT '',
  state text NOT NULL CHECK (state IN ('draft', 'scheduled', 'sending', 'sent')),
  send_at timestamptz,
  -- The person who sent it.
  scheduled_by text,
  sent_at timestamptz,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  CHECK ((state = 'draft') = (send_at IS NULL)),
  CHECK ((state = 'sent') = (sent_at IS NOT NULL))
);
CREATE INDEX newsletter_of_vendor ON newsletters.newsletter (vendor_id, id DESC);
CREATE INDEX newsletter_due ON newsletters.newsletter (send_at) WHERE state IN ('scheduled', 'sending');
ALTER TABLE newsletters.newsletter ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY newsletter_process ON newsletters.newsletter USING ((SELECT database.is_system()));
CREATE POLICY newsletter_vendor ON newsletters.newsletter USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON newsletters.newsletter TO throughline_app;

-- One row per newsletter and person, whatever happens to the process that sends it.
CREATE TABLE newsletters.recipient (
  -- In the links of the e-mail.
  id uuid PRIMARY KEY,
  newsletter_id uuid NOT NULL REFERENCES newsletters.newsletter (id),
  user_id uuid NOT NULL,
  -- The partner for which the person gets it: the one whose team it joined first.
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- Null: waits for its turn.
  told_at timestamptz,
  -- Its e-mail; null: shown in the portal or the weekly summary only.
  mail_id uuid,
  -- What the mail server said.
  accepted_at timestamptz,
  refused_at timestamptz,
  -- What the person did: opened it in the portal, followed a link, unsubscribed with its link.
  opened_at timestamptz,
  clicked_at timestamptz,
  unsubscribed_at timestamptz,
  -- When a program followed the link that no person sees.
  scanned_at timestamptz,
  UNIQUE (newsletter_id, user_id)
);
CREATE INDEX recipient_waiting ON newsletters.recipient (newsletter_id, id) WHERE told_at IS NULL;
CREATE UNIQUE INDEX recipient_of_mail ON newsletters.recipient (mail_id) WHERE mail_id IS NOT NULL;
CREATE INDEX recipient_of_partner ON newsletters.recipient (partner_id);
ALTER TABLE newsletters.recipient ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY recipient_process ON newsletters.recipient USING ((SELECT database.is_system()));
-- No policy for vendors: they are told totals.
CREATE POLICY recipient_partner ON newsletters.recipient FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON newsletters.recipient TO throughline_app;
