CREATE SCHEMA sequences;
GRANT USAGE ON SCHEMA sequences TO throughline_app;

-- A contact on its way through the sequence of an activation.
CREATE TABLE sequences.enrolment (
  id uuid PRIMARY KEY,
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  locale text NOT NULL,
  time_zone text NOT NULL,
  -- Where the zone is from: it decides when mail arrives, so it must be explainable.
  time_zone_source text NOT NULL CHECK (time_zone_source IN ('contact', 'country', 'activation')),
  state text NOT NULL CHECK (state IN ('waiting', 'running', 'completed', 'exited', 'stopped')),
  position integer NOT NULL,
  due_at timestamptz,
  enrolled_at timestamptz NOT NULL,
  UNIQUE (activation_id, contact_id)
) WITH (fillfactor = 80, autovacuum_analyze_scale_factor = 0.01);
CREATE INDEX enrolment_due ON sequences.enrolment (partner_id, due_at) WHERE state = 'waiting';
CREATE INDEX enrolment_of_contact ON sequences.enrolment (contact_id);

-- One decision, exactly one outcome, exactly one reason.
CREATE TABLE sequences.step_execution (
  enrolment_id uuid NOT NULL REFERENCES sequences.enrolment (id),
  step_key text NOT NULL,
  occurrence integer NOT NULL,
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  message_id uuid REFERENCES delivery.message (id),
  outcome text NOT NULL CHECK (outcome IN ('pending', 'sent', 'skipped', 'failed')),
  reason text NOT NULL,
  decided_at timestamptz NOT NULL,
  PRIMARY KEY (enrolment_id, step_key, occurrence)
);
CREATE INDEX step_execution_of_activation ON sequences.step_execution (activation_id, step_key);
CREATE INDEX step_execution_of_contact ON sequences.step_execution (contact_id);

-- Whose turn it is: fairness between partners, and the only thing that a tick looks at.
CREATE TABLE sequences.partner_queue (
  partner_id uuid PRIMARY KEY,
  next_due timestamptz,
  last_served timestamptz NOT NULL
);
CREATE INDEX partner_queue_due ON sequences.partner_queue (next_due) WHERE next_due IS NOT NULL;

ALTER TABLE sequences.enrolment ENABLE ROW LEVEL SECURITY;
ALTER TABLE sequences.enrolment FORCE ROW LEVEL SECURITY;
ALTER TABLE sequences.step_execution ENABLE ROW LEVEL SECURITY;
ALTER TABLE sequences.step_execution FORCE ROW LEVEL SECURITY;
ALTER TABLE sequences.partner_queue ENABLE ROW LEVEL SECURITY;
ALTER TABLE sequences.partner_queue FORCE ROW LEVEL SECURITY;
CREATE POLICY enrolment_process ON sequences.enrolment USING ((SELECT database.is_system()));
CREATE POLICY enrolment_partner ON sequences.enrolment FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY step_execution_process ON sequences.step_execution USING ((SELECT database.is_system()));
CREATE POLICY step_execution_partner ON sequences.step_execution FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY partner_queue_process ON sequences.partner_queue USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON sequences.enrolment, sequences.step_execution, sequences.partner_queue TO throughline_app;
