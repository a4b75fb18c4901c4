CREATE SCHEMA delivery;
GRANT USAGE ON SCHEMA delivery TO throughline_app;

-- The ledger: one row for each message that was ever intended, with exactly one state and reason.
CREATE TABLE delivery.message (
  -- UUIDv5 of enrolment, step and occurrence: the same intent is the same row, whoever plans it.
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  activation_id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  step_key text NOT NULL,
  occurrence integer NOT NULL,
  email_key text NOT NULL,
  state text NOT NULL CHECK (state IN ('planned', 'leased', 'handing_off', 'accepted', 'delivered', 'bounced', 'complained', 'failed', 'skipped', 'unknown', 'closed_unknown')),
  -- Bumped by each claim; a write under an old fence changes nothing.
  fence integer NOT NULL DEFAULT 0,
  -- Machine time: a lease must hold while the product's calendar is moved.
  lease_until timestamptz,
  attempt integer NOT NULL DEFAULT 0,
  retry_at timestamptz,
  reason text,
  consent_record_id uuid,
  smtp_code integer,
  final_hash text,
  planned_at timestamptz NOT NULL,
  settled_at timestamptz,
  UNIQUE (enrolment_id, step_key, occurrence)
) WITH (fillfactor = 80, autovacuum_analyze_scale_factor = 0.01);
CREATE INDEX message_open ON delivery.message (state, lease_until) WHERE state IN ('planned', 'leased', 'handing_off');
CREATE INDEX message_of_activation ON delivery.message (activation_id, id);
CREATE INDEX message_of_contact ON delivery.message (contact_id);

ALTER TABLE delivery.message ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery.message FORCE ROW LEVEL SECURITY;
-- Ids only: no address and no name stands here, so the scheduler may see all of them; a vendor sees none.
CREATE POLICY message_process ON delivery.message USING ((SELECT database.is_system()));
CREATE POLICY message_partner ON delivery.message FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON delivery.message TO throughline_app;
