-- needs: database.is_system, database.partner_scope, database.vendor_scope

-- Tiers of partners by rules. The tier that counts is that of the membership.
CREATE SCHEMA tiers;
GRANT USAGE ON SCHEMA tiers TO throughline_app;

-- The rules of a programme, one row per version. The highest version is in force; a row never changes.
CREATE TABLE tiers.rules (
  programme_id uuid NOT NULL REFERENCES organisations.programme (id),
  version integer NOT NULL CHECK (version > 0),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- The highest tier first: [{ "name": "Gold", "about": "…", "rule": { … } }].
  tiers jsonb NOT NULL,
  grace_days integer NOT NULL CHECK (grace_days BETWEEN 0 AND 365),
  is_on boolean NOT NULL,
  saved_by text NOT NULL,
  saved_at timestamptz NOT NULL,
  PRIMARY KEY (programme_id, version)
);
CREATE INDEX rules_of_vendor ON tiers.rules (vendor_id);
ALTER TABLE tiers.rules ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY rules_read ON tiers.rules FOR SELECT USING (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY rules_add ON tiers.rules FOR INSERT WITH CHECK (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT ON tiers.rules TO throughline_app;

-- The day of the last evaluation of a programme. No row: never.
CREATE TABLE tiers.evaluation (
  programme_id uuid PRIMARY KEY REFERENCES organisations.programme (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  evaluated_on date NOT NULL,
  rules_version integer NOT NULL
);
CREATE INDEX evaluation_of_vendor ON tiers.evaluation (vendor_id);
ALTER TABLE tiers.evaluation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY evaluation_of_vendor ON tiers.evaluation USING (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE ON tiers.evaluation TO throughline_app;

-- A tier that a person of the vendor has set in place of the rules.
CREATE TABLE tiers.manual_tier (
  programme_id uuid NOT NULL REFERENCES organisations.programme (id),
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  tier text NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  -- The last day on which it holds. Null: until a person takes it away.
  until_on date,
  set_by text NOT NULL,
  set_at timestamptz NOT NULL,
  PRIMARY KEY (programme_id, partner_id)
);
CREATE INDEX manual_tier_of_partner ON tiers.manual_tier (partner_id);
CREATE INDEX manual_tier_of_vendor ON tiers.manual_tier (vendor_id);
ALTER TABLE tiers.manual_tier ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY manual_tier_of_vendor ON tiers.manual_tier USING (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON tiers.manual_tier TO throughline_app;

-- Partners that fell below their tier and keep it for the grace period.
CREATE TABLE tiers.coming_drop (
  programme_id uuid NOT NULL REFERENCES organisations.programme (id),
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  from_tier text NOT NULL,
  to_tier text NOT NULL,
  announced_on date NOT NULL,
  -- The first day of the lower tier.
  drops_on date NOT NULL CHECK (drops_on > announced_on),
  -- What the partner lacks, as measured on the day of the announcement.
  requirements jsonb NOT NULL,
  -- When its people were told. Nobody drops before.
  told_at timestamptz,
  PRIMARY KEY (programme_id, partner_id)
);
CREATE INDEX coming_drop_of_partner ON tiers.coming_drop (partner_id);
CREATE INDEX coming_drop_of_vendor ON tiers.coming_drop (vendor_id, drops_on);
CREATE INDEX coming_drop_untold ON tiers.coming_drop (programme_id) WHERE told_at IS NULL;
ALTER TABLE tiers.coming_drop ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY coming_drop_read ON tiers.coming_drop FOR SELECT USING (
  partner_id = (SELECT database.partner_scope()));
CREATE POLICY coming_drop_of_vendor ON tiers.coming_drop USING (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON tiers.coming_drop TO throughline_app;

-- Changes of tiers, with what was measured at the time.
CREATE TABLE tiers.change (
  id uuid PRIMARY KEY,
  programme_id uuid NOT NULL REFERENCES organisations.programme (id),
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  from_tier text NOT NULL,
  to_tier text NOT NULL,
  at timestamptz NOT NULL,
  -- By a version of the rules, or by a person with a reason.
  rules_version integer,
  by_name text,
  reason text,
  until_on date,
  requirements jsonb NOT NULL,
  told_at timestamptz,
  CHECK ((rules_version IS NULL) = (by_name IS NOT NULL AND reason IS NOT NULL)),
  FOREIGN KEY (programme_id, rules_version) REFERENCES tiers.rules (programme_id, version)
);
CREATE INDEX change_of_partner ON tiers.change (partner_id, id DESC);
CREATE INDEX change_of_vendor ON tiers.change (vendor_id, id DESC);
CREATE INDEX change_untold ON tiers.change (programme_id) WHERE told_at IS NULL;
ALTER TABLE tiers.change ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY change_of_vendor ON tiers.change USING (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY change_read ON tiers.change FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON tiers.change TO throughline_app;
GRANT UPDATE (told_at) ON tiers.change TO throughline_app;
