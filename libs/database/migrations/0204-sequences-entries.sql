-- needs: database.is_system, database.partner_scope

-- A contact may be enrolled several times in an activation: once by each entry rule, and again
-- where the rule allows it.
ALTER TABLE sequences.enrolment
  ADD COLUMN entry_key text NOT NULL DEFAULT 'launch',
  ADD COLUMN entry_kind text NOT NULL DEFAULT 'launch',
  -- From 1. Another enrolment by the same rule has the next number.
  ADD COLUMN entry_number integer NOT NULL DEFAULT 1,
  -- The contact was in this activation before, by any rule. Counts of people leave the row out.
  ADD COLUMN is_repeated boolean NOT NULL DEFAULT false,
  -- What led the person to the page or document: an e-mail step, a post, …; null: unknown.
  ADD COLUMN source text,
  DROP CONSTRAINT enrolment_activation_id_contact_id_key,
  ADD CONSTRAINT enrolment_once UNIQUE (activation_id, contact_id, entry_key, entry_number);
CREATE INDEX enrolment_repeated ON sequences.enrolment (activation_id, contact_id) WHERE is_repeated;

-- One reason for each contact and rule: the last one. A form that is sent a thousand times does not
-- write a thousand rows.
ALTER TABLE sequences.not_enrolled
  ADD COLUMN entry_key text NOT NULL DEFAULT 'launch',
  DROP CONSTRAINT not_enrolled_pkey,
  ADD PRIMARY KEY (activation_id, contact_id, entry_key);
GRANT UPDATE, DELETE ON sequences.not_enrolled TO throughline_app;

-- The entry rules of an activation, but for the list at launch. Written at the launch, from its
-- version. Triggers read them where something happens.
CREATE TABLE sequences.entry_rule (
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  entry_key text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('joined', 'form', 'document', 'event', 'lead', 'field')),
  -- The page, document, event or field; null: any.
  name text,
  -- Values of the field in lower case, or states of the lead; null: nothing is compared.
  accepted text[],
  is_not boolean NOT NULL DEFAULT false,
  PRIMARY KEY (activation_id, entry_key)
);
CREATE INDEX entry_rule_of_partner ON sequences.entry_rule (partner_id, kind);
ALTER TABLE sequences.entry_rule ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY entry_rule_process ON sequences.entry_rule USING ((SELECT database.is_system()));
CREATE POLICY entry_rule_partner ON sequences.entry_rule USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON sequences.entry_rule TO throughline_app;

-- Something happened that makes a person enter. Written in the transaction in which it happened,
-- and removed in the one that enrols the person or says why not. No unique key: a second request
-- would wait for the scheduler's transaction. The enrolment has one.
CREATE TABLE sequences.entry_request (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  entry_key text NOT NULL,
  source text,
  at timestamptz NOT NULL,
  -- One statement may write hundreds of thousands. What a person did goes before them.
  is_bulk boolean NOT NULL DEFAULT false,
  -- Machine time.
  not_before timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Machine time. The person has to confirm its opt-in until then; null: nothing is waited for.
  waits_until timestamptz
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01);
CREATE INDEX entry_request_in_order ON sequences.entry_request (not_before);
-- Partners take turns, oldest request first.
CREATE INDEX entry_request_of_partner ON sequences.entry_request (partner_id, not_before, id);
CREATE INDEX entry_request_in_turn ON sequences.entry_request (partner_id, is_bulk, not_before, id);
CREATE INDEX entry_request_of_contact ON sequences.entry_request (contact_id) WHERE waits_until IS NOT NULL;
CREATE UNIQUE INDEX entry_request_waits_once ON sequences.entry_request (activation_id, contact_id, entry_key)
  WHERE waits_until IS NOT NULL;
ALTER TABLE sequences.entry_request ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY entry_request_process ON sequences.entry_request USING ((SELECT database.is_system()));
-- What users and their systems change makes requests, too. They delete and wake those of contacts.
CREATE POLICY entry_request_partner ON sequences.entry_request USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON sequences.entry_request TO throughline_app;

-- A person reaches a goal once in an activation, however often it entered.
CREATE OR REPLACE VIEW sequences.goal_reached_view WITH (security_invoker = true) AS
  SELECT g.activation_id, g.goal, min(g.reached_at) AS reached_at
  FROM sequences.goal_reached g JOIN sequences.enrolment e ON e.id = g.enrolment_id
  GROUP BY g.activation_id, g.goal, e.contact_id;
