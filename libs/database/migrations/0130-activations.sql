-- needs: database.is_system, database.partner_scope, database.refuse_change, database.vendor_scope

CREATE TABLE activations.activation (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  campaign_id uuid NOT NULL REFERENCES campaigns.campaign (id),
  version_id uuid NOT NULL REFERENCES campaigns.campaign_version (id),
  list_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('active', 'held', 'completed', 'stopped')),
  status_reason text,
  slug text NOT NULL UNIQUE,
  locale text NOT NULL,
  time_zone text NOT NULL,
  start_at timestamptz NOT NULL,
  slots jsonb NOT NULL,
  brand_version integer NOT NULL,
  idempotency_key text NOT NULL,
  request_hash text NOT NULL,
  launched_by text NOT NULL,
  launched_at timestamptz NOT NULL,
  enrolled_at timestamptz,
  ended_at timestamptz,
  -- What the partner chose at launch, where the campaign allows a choice, and whose time zone
  -- applies by default.
  choices jsonb NOT NULL DEFAULT '{}',
  time_zone_source text NOT NULL DEFAULT 'activation' CHECK (time_zone_source IN ('activation', 'vendor')),
  -- The campaign creates leads from clicks. Clicks of other campaigns need no evaluation.
  leads_from_clicks boolean NOT NULL DEFAULT false,
  -- Postponements: start, pause until, and days by which all later steps move. A held activation is
  -- postponed from `held_at`.
  postponements jsonb NOT NULL DEFAULT '[]',
  held_at timestamptz,
  -- The day on which it is over for its vendor, from the version's graph alone. When the contacts have
  -- finished would tell what stands in them.
  planned_end_at timestamptz NOT NULL,
  -- When it was stopped for its vendor, before the planned day; also one whose contacts have finished.
  vendor_stopped_at timestamptz,
  -- When the vendor's event of the planned day was emitted.
  vendor_notified_at timestamptz,
  CHECK (vendor_stopped_at IS NULL OR vendor_stopped_at < planned_end_at),
  UNIQUE (partner_id, idempotency_key),
  -- A list with a launched campaign cannot be deleted: it shows the recipients.
  CONSTRAINT activation_list FOREIGN KEY (list_id) REFERENCES contacts.contact_list (id)
);
CREATE INDEX activation_of_partner ON activations.activation (partner_id, id);
CREATE INDEX activation_of_campaign ON activations.activation (campaign_id, id);
CREATE INDEX activation_of_version ON activations.activation (version_id) WHERE status IN ('active', 'held');
CREATE INDEX activation_of_planned_end ON activations.activation (planned_end_at)
  WHERE vendor_stopped_at IS NULL AND vendor_notified_at IS NULL;
CREATE INDEX activation_of_list ON activations.activation (list_id);
ALTER TABLE activations.activation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY activation_process ON activations.activation USING ((SELECT database.is_system()));
CREATE POLICY activation_partner ON activations.activation
  USING (partner_id = (SELECT database.partner_scope()));
-- The vendor may know that a partner runs a campaign. The recipients are stored elsewhere.
CREATE POLICY activation_vendor ON activations.activation FOR SELECT
  USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE ON activations.activation TO throughline_app;

-- A master with the partner's values baked in: the source of all messages of this activation. Never
-- changed.
CREATE TABLE activations.baked_master (
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('email', 'page')),
  key text NOT NULL,
  locale text NOT NULL,
  root text NOT NULL,
  program_hash text NOT NULL,
  values_hash text NOT NULL,
  baked jsonb NOT NULL,
  PRIMARY KEY (activation_id, kind, key, locale)
);
CREATE TRIGGER baked_master_is_final BEFORE UPDATE OR DELETE ON activations.baked_master
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE activations.baked_master ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY baked_master_process ON activations.baked_master USING ((SELECT database.is_system()));
CREATE POLICY baked_master_partner ON activations.baked_master
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON activations.baked_master TO throughline_app;

-- Co-branded documents and images to download.
CREATE TABLE activations.asset (
  id uuid PRIMARY KEY,
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('document', 'social')),
  key text NOT NULL,
  locale text NOT NULL,
  format text NOT NULL,
  title text NOT NULL,
  post_text text,
  blob_hash text NOT NULL,
  media_type text NOT NULL,
  UNIQUE (activation_id, kind, key, locale, format)
);
ALTER TABLE activations.asset ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY asset_process ON activations.asset USING ((SELECT database.is_system()));
CREATE POLICY asset_partner ON activations.asset USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON activations.asset TO throughline_app;

-- A partner's settings for all its launches. No row: those of the installation.
CREATE TABLE activations.launch_setting (
  partner_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  -- Between a launch and its first e-mail.
  delay_minutes integer NOT NULL CHECK (delay_minutes BETWEEN 0 AND 60),
  changed_at timestamptz NOT NULL
);
ALTER TABLE activations.launch_setting ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY launch_setting_of_partner ON activations.launch_setting
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON activations.launch_setting TO throughline_app;

-- A partner's own texts of a campaign that it has not launched yet, for all its users and devices.
CREATE TABLE activations.slot_draft (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  campaign_id uuid NOT NULL REFERENCES campaigns.campaign (id),
  locale text NOT NULL,
  -- Lines by slot: `{"offer": "A free check\nof one site"}`
  texts jsonb NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (partner_id, campaign_id, locale)
);
ALTER TABLE activations.slot_draft ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY slot_draft_of_partner ON activations.slot_draft
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON activations.slot_draft TO throughline_app;

-- Days on which a partner sends nothing in any campaign, in addition to those of each activation.
CREATE TABLE activations.calendar (
  partner_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  -- `[{"from": "2026-12-24", "to": "2027-01-01"}]`
  blackouts jsonb NOT NULL,
  -- Dates by the contact's country: `{"DE": ["2026-10-03"], "all": ["2026-12-25"]}`
  holidays jsonb NOT NULL,
  changed_at timestamptz NOT NULL,
  -- The partner's names for holidays: `{"DE": {"2026-10-03": "Tag der Deutschen Einheit"}}`. The
  -- name of a blackout is in `blackouts`.
  holiday_names jsonb NOT NULL DEFAULT '{}',
  -- Whether public holidays are closed days. Null: the setting of the installation.
  public_holidays boolean,
  -- Number of changes. A save based on an older version is refused.
  version integer NOT NULL DEFAULT 1 CHECK (version > 0)
);
ALTER TABLE activations.calendar ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY calendar_of_partner ON activations.calendar
  USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY calendar_process ON activations.calendar FOR SELECT USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON activations.calendar TO throughline_app;

-- When a partner first downloaded an asset of an activation. It shows the value of a vendor's
-- assets and names no person.
CREATE TABLE activations.asset_use (
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('document', 'social')),
  key text NOT NULL,
  first_at timestamptz NOT NULL,
  PRIMARY KEY (activation_id, kind, key)
);
CREATE INDEX asset_use_of_vendor ON activations.asset_use (vendor_id);
ALTER TABLE activations.asset_use ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- No policy for vendors: they see only counts above a threshold, computed by code.
CREATE POLICY asset_use_partner ON activations.asset_use
  USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY asset_use_process ON activations.asset_use FOR SELECT USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON activations.asset_use TO throughline_app;

-- Partners to notify of a newer version of a campaign that they run.
CREATE TABLE activations.version_news (
  version_id uuid NOT NULL REFERENCES campaigns.campaign_version (id),
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  campaign_id uuid NOT NULL,
  PRIMARY KEY (version_id, partner_id)
);
ALTER TABLE activations.version_news ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY version_news_process ON activations.version_news USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON activations.version_news TO throughline_app;

-- What partners are told of campaigns by mail: that one was published to them first, can be launched
-- for more days, or ended. The rows stay, so that each is told once.
CREATE TABLE activations.campaign_news (
  version_id uuid NOT NULL REFERENCES campaigns.campaign_version (id),
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  vendor_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('published', 'extended', 'retired', 'recalled')),
  recorded_at timestamptz NOT NULL,
  told_at timestamptz,
  PRIMARY KEY (version_id, partner_id, kind)
);
CREATE INDEX campaign_news_waiting ON activations.campaign_news (partner_id) WHERE told_at IS NULL;
CREATE INDEX campaign_news_of_partner ON activations.campaign_news (partner_id, campaign_id);
ALTER TABLE activations.campaign_news ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY campaign_news_process ON activations.campaign_news USING ((SELECT database.is_system()));
CREATE POLICY campaign_news_of_partner ON activations.campaign_news FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, DELETE ON activations.campaign_news TO throughline_app;
GRANT UPDATE (told_at, recorded_at) ON activations.campaign_news TO throughline_app;

-- A vendor asked a partner to launch what is offered to it: at most once a week.
CREATE TABLE activations.launch_reminder (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  at timestamptz NOT NULL,
  by_name text NOT NULL,
  -- What the vendor wrote to the partner.
  message text,
  told_at timestamptz
);
CREATE INDEX launch_reminder_of_partner ON activations.launch_reminder (partner_id, vendor_id, at);
ALTER TABLE activations.launch_reminder ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY launch_reminder_of_vendor ON activations.launch_reminder
  USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY launch_reminder_process ON activations.launch_reminder USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON activations.launch_reminder TO throughline_app;
GRANT UPDATE (told_at) ON activations.launch_reminder TO throughline_app;
