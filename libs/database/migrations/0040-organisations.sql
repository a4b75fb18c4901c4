-- needs: database.is_system, database.partner_scope, database.vendor_scope

CREATE TABLE organisations.organisation (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('vendor', 'partner', 'distributor')),
  name text NOT NULL,
  -- Part of the partner's sending address and of its landing page URLs.
  slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$'),
  country_code text NOT NULL CHECK (country_code ~ '^[A-Z]{2}$'),
  time_zone text NOT NULL,
  created_at timestamptz NOT NULL
);
ALTER TABLE organisations.organisation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation_add ON organisations.organisation FOR INSERT WITH CHECK (
  (SELECT database.is_system()) OR (kind = 'partner' AND (SELECT database.vendor_scope()) IS NOT NULL));
CREATE POLICY organisation_change ON organisations.organisation FOR UPDATE USING (
  (SELECT database.is_system()) OR id = (SELECT database.vendor_scope()) OR id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON organisations.organisation TO throughline_app;

CREATE TABLE organisations.programme (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  name text NOT NULL,
  created_at timestamptz NOT NULL,
  -- The vendor takes only partners that show it their totals.
  requires_totals boolean NOT NULL DEFAULT false
);
CREATE INDEX programme_of_vendor ON organisations.programme (vendor_id);
ALTER TABLE organisations.programme ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY programme_add ON organisations.programme FOR INSERT WITH CHECK (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY programme_change ON organisations.programme FOR UPDATE USING (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE ON organisations.programme TO throughline_app;

CREATE TABLE organisations.membership (
  id uuid PRIMARY KEY,
  programme_id uuid NOT NULL REFERENCES organisations.programme (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  tier text NOT NULL,
  region text NOT NULL,
  status text NOT NULL CHECK (status IN ('invited', 'active', 'ended')),
  invited_at timestamptz NOT NULL,
  joined_at timestamptz,
  -- Key and content of the request that invited the partner. The same key again returns the same
  -- partner.
  idempotency_key text,
  request_hash text,
  UNIQUE (programme_id, partner_id),
  CONSTRAINT membership_asked_once UNIQUE (vendor_id, idempotency_key)
);
CREATE INDEX membership_of_partner ON organisations.membership (partner_id);
CREATE INDEX membership_of_vendor ON organisations.membership (vendor_id, id);
ALTER TABLE organisations.membership ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY membership_read ON organisations.membership FOR SELECT USING (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()) OR partner_id = (SELECT database.partner_scope()));
CREATE POLICY membership_add ON organisations.membership FOR INSERT WITH CHECK (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY membership_change ON organisations.membership FOR UPDATE USING (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE ON organisations.membership TO throughline_app;

CREATE TABLE organisations.partner_group (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  programme_id uuid NOT NULL REFERENCES organisations.programme (id),
  name text NOT NULL,
  rule jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  -- Hidden from lists. Versions that were published to it keep it.
  archived_at timestamptz,
  UNIQUE (id, vendor_id)
);
CREATE UNIQUE INDEX partner_group_name ON organisations.partner_group (vendor_id, lower(name));
ALTER TABLE organisations.partner_group ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- A partner needs the rule of a group to know what it may run. It does not see the group's other
-- members.
CREATE POLICY partner_group_read ON organisations.partner_group FOR SELECT USING (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope())
  OR EXISTS (SELECT 1 FROM organisations.membership m WHERE m.programme_id = partner_group.programme_id AND m.partner_id = (SELECT database.partner_scope())));
CREATE POLICY partner_group_write ON organisations.partner_group FOR INSERT WITH CHECK (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY partner_group_change ON organisations.partner_group FOR UPDATE USING (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY partner_group_delete ON organisations.partner_group FOR DELETE USING (
  vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON organisations.partner_group TO throughline_app;

-- The servers of a vendor that a partner has agreed to, one row per server. A withdrawn consent
-- stays as a row. Given again, it is the same row; the audit log has each change.
CREATE TABLE organisations.relay_consent (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- relay: the server sends the mail. returns: mail to the sender address goes to a server of this
  -- domain.
  purpose text NOT NULL CHECK (purpose IN ('relay', 'returns')),
  host text NOT NULL CHECK (host = lower(host)),
  -- Networks of the host when the partner agreed; none if they were not known.
  networks text[] NOT NULL DEFAULT '{}',
  given_by text NOT NULL,
  given_at timestamptz NOT NULL,
  revoked_by text,
  revoked_at timestamptz,
  PRIMARY KEY (partner_id, vendor_id, purpose, host),
  CHECK ((revoked_by IS NULL) = (revoked_at IS NULL))
);
CREATE INDEX relay_consent_of_vendor ON organisations.relay_consent (vendor_id);
ALTER TABLE organisations.relay_consent ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY relay_consent_process ON organisations.relay_consent FOR SELECT USING ((SELECT database.is_system()));
CREATE POLICY relay_consent_of_its_partner ON organisations.relay_consent USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY relay_consent_seen_by_vendor ON organisations.relay_consent FOR SELECT USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE ON organisations.relay_consent TO throughline_app;

-- Whether a partner shows a vendor its exact totals. No row: it does not.
CREATE TABLE organisations.shared_totals (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  is_shared boolean NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (partner_id, vendor_id)
);
CREATE INDEX shared_totals_of_vendor ON organisations.shared_totals (vendor_id);
ALTER TABLE organisations.shared_totals ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY shared_totals_process ON organisations.shared_totals USING ((SELECT database.is_system()));
CREATE POLICY shared_totals_of_its_partner ON organisations.shared_totals USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY shared_totals_seen_by_vendor ON organisations.shared_totals FOR SELECT USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE ON organisations.shared_totals TO throughline_app;

-- Policies that read a table further down.
-- An organisation sees itself and the organisations in the same programme.
CREATE POLICY organisation_read ON organisations.organisation FOR SELECT USING (
  (SELECT database.is_system())
  OR id = (SELECT database.vendor_scope())
  OR id = (SELECT database.partner_scope())
  OR EXISTS (SELECT 1 FROM organisations.membership m WHERE m.partner_id = organisation.id AND m.vendor_id = (SELECT database.vendor_scope()))
  OR EXISTS (SELECT 1 FROM organisations.membership m WHERE m.vendor_id = organisation.id AND m.partner_id = (SELECT database.partner_scope())));
CREATE POLICY programme_read ON organisations.programme FOR SELECT USING (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope())
  OR EXISTS (SELECT 1 FROM organisations.membership m WHERE m.programme_id = programme.id AND m.partner_id = (SELECT database.partner_scope())));
