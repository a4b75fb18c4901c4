-- needs: database.is_system, database.partner_scope, database.vendor_scope

-- What a vendor has recalled. Every output asks for the recalls in force of its version and partner:
-- one fact, read in the transaction that would let something out.
CREATE TABLE campaigns.recall (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  campaign_id uuid NOT NULL,
  -- Null: all versions that were published then.
  version_number integer,
  -- One e-mail, page, document or post. Null: all of them.
  tactic_kind text CHECK (tactic_kind IN ('email', 'page', 'document', 'social')),
  tactic_key text,
  -- One language. Null: all of them.
  locale text,
  group_id uuid,
  group_name text,
  -- The members of the group when it was recalled. Null: all partners.
  partner_ids uuid[],
  mode text NOT NULL CHECK (mode IN ('stop', 'finish', 'replace')),
  replacement_id uuid,
  reason text NOT NULL,
  decided_at timestamptz NOT NULL,
  decided_by text NOT NULL,
  reversed_at timestamptz,
  reversed_by text,
  reversal_reason text,
  UNIQUE (id, vendor_id),
  FOREIGN KEY (campaign_id, vendor_id) REFERENCES campaigns.campaign (id, vendor_id),
  FOREIGN KEY (replacement_id, vendor_id) REFERENCES campaigns.campaign_version (id, vendor_id),
  CHECK ((tactic_kind IS NULL) = (tactic_key IS NULL)),
  CHECK (num_nulls(group_id, group_name, partner_ids) IN (0, 3)),
  CHECK ((mode = 'replace') = (replacement_id IS NOT NULL)),
  CHECK (num_nulls(reversed_at, reversed_by, reversal_reason) IN (0, 3))
);
CREATE INDEX recall_of_campaign ON campaigns.recall (campaign_id, decided_at);
-- What was recalled before.
SELECT set_config('throughline.system', 'on', true);
INSERT INTO campaigns.recall (id, vendor_id, campaign_id, version_number, mode, reason, decided_at, decided_by)
SELECT id, vendor_id, campaign_id, number, 'stop', ended_reason, ended_at, '' FROM campaigns.campaign_version
WHERE status = 'recalled';
ALTER TABLE campaigns.recall ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY recall_of_vendor ON campaigns.recall USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY recall_for_system ON campaigns.recall FOR SELECT USING ((SELECT database.is_system()));
-- A partner learns of what concerns it alone.
CREATE POLICY recall_for_partner ON campaigns.recall FOR SELECT USING (
  (SELECT database.partner_scope()) IS NOT NULL
  AND (partner_ids IS NULL OR (SELECT database.partner_scope()) = ANY (partner_ids))
  AND EXISTS (SELECT 1 FROM organisations.membership m
    WHERE m.vendor_id = recall.vendor_id AND m.partner_id = (SELECT database.partner_scope()) AND m.status <> 'invited'));
GRANT SELECT, INSERT ON campaigns.recall TO throughline_app;
GRANT UPDATE (reversed_at, reversed_by, reversal_reason) ON campaigns.recall TO throughline_app;

-- The versions of a recall, and how each goes back when it is reversed.
CREATE TABLE campaigns.recalled_version (
  version_id uuid NOT NULL,
  recall_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  in_force boolean NOT NULL DEFAULT true,
  -- Of a version that the recall ended for all partners. Null: its status did not change.
  former_status text CHECK (former_status IN ('published', 'retired')),
  former_ended_at timestamptz,
  former_ended_reason text,
  PRIMARY KEY (version_id, recall_id),
  FOREIGN KEY (version_id, vendor_id) REFERENCES campaigns.campaign_version (id, vendor_id),
  FOREIGN KEY (recall_id, vendor_id) REFERENCES campaigns.recall (id, vendor_id)
);
-- The question of each output. It has few rows, and none where nothing was recalled.
CREATE INDEX recalled_version_in_force ON campaigns.recalled_version (version_id) WHERE in_force;
CREATE INDEX recalled_version_of_recall ON campaigns.recalled_version (recall_id);
INSERT INTO campaigns.recalled_version (version_id, recall_id, vendor_id, former_status)
SELECT id, id, vendor_id, 'published' FROM campaigns.recall;
SELECT set_config('throughline.system', '', true);
ALTER TABLE campaigns.recalled_version ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY recalled_version_of_vendor ON campaigns.recalled_version
  USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY recalled_version_for_system ON campaigns.recalled_version FOR SELECT
  USING ((SELECT database.is_system()));
CREATE POLICY recalled_version_for_partner ON campaigns.recalled_version FOR SELECT USING (
  (SELECT database.partner_scope()) IS NOT NULL
  AND EXISTS (SELECT FROM campaigns.recall r WHERE r.id = recalled_version.recall_id));
GRANT SELECT, INSERT ON campaigns.recalled_version TO throughline_app;
GRANT UPDATE (in_force) ON campaigns.recalled_version TO throughline_app;

-- Pictures that only recalled versions show. Old e-mails get a notice instead.
CREATE TABLE campaigns.recalled_image (
  hash text NOT NULL,
  recall_id uuid NOT NULL REFERENCES campaigns.recall (id),
  PRIMARY KEY (hash, recall_id)
);
ALTER TABLE campaigns.recalled_image ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY recalled_image_process ON campaigns.recalled_image USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON campaigns.recalled_image TO throughline_app;

CREATE VIEW campaigns.recall_view WITH (security_invoker = true) AS
  SELECT id, vendor_id, campaign_id, tactic_kind, tactic_key, locale, partner_ids, mode, replacement_id, decided_at,
    reversed_at
  FROM campaigns.recall;
GRANT SELECT ON campaigns.recall_view TO throughline_app;
CREATE VIEW campaigns.recalled_version_view WITH (security_invoker = true) AS
  SELECT version_id, recall_id, in_force FROM campaigns.recalled_version;
GRANT SELECT ON campaigns.recalled_version_view TO throughline_app;
