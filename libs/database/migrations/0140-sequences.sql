-- needs: database.is_system, database.partner_scope, database.refuse_change

-- A contact in the sequence of an activation. `fillfactor` 50: a row is updated twice a step; with
-- 80, every other update moved to another page.
CREATE TABLE sequences.enrolment (
  id uuid PRIMARY KEY,
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  locale text NOT NULL,
  time_zone text NOT NULL,
  -- Where the time zone comes from. It decides when e-mail arrives, so it must be explainable.
  time_zone_source text NOT NULL CHECK (time_zone_source IN ('contact', 'country', 'activation', 'vendor')),
  state text NOT NULL CHECK (state IN ('waiting', 'running', 'completed', 'exited', 'stopped')),
  position integer NOT NULL DEFAULT 0,
  due_at timestamptz,
  enrolled_at timestamptz NOT NULL,
  -- The contact's current step.
  step_key text,
  round integer NOT NULL DEFAULT 1,
  -- Interactions from here on count for an `until`.
  since timestamptz,
  -- For holidays.
  country text,
  -- Whether an interaction can move the contact. Never changed, so the index below costs steps
  -- nothing.
  listens boolean NOT NULL DEFAULT false,
  -- Why the enrolment ended before its last step. It is the reason for all remaining steps.
  end_reason text,
  ended_at timestamptz,
  -- The position at which an exclusion or a suppression ended the enrolment. Taking that back returns
  -- to it.
  returns_to jsonb,
  UNIQUE (activation_id, contact_id)
) WITH (autovacuum_analyze_scale_factor = 0.01, fillfactor = 50);
CREATE INDEX enrolment_of_contact ON sequences.enrolment (contact_id);
CREATE INDEX enrolment_listening ON sequences.enrolment (contact_id) WHERE listens;
CREATE INDEX enrolment_end_reason ON sequences.enrolment (activation_id, end_reason)
  WHERE end_reason IS NOT NULL;
ALTER TABLE sequences.enrolment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY enrolment_process ON sequences.enrolment USING ((SELECT database.is_system()));
CREATE POLICY enrolment_partner ON sequences.enrolment FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON sequences.enrolment TO throughline_app;

-- One decision with exactly one outcome and one reason. No foreign key to the message: it cost a
-- query and a row lock per message.
CREATE TABLE sequences.step_execution (
  enrolment_id uuid NOT NULL REFERENCES sequences.enrolment (id),
  step_key text NOT NULL,
  occurrence integer NOT NULL,
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  message_id uuid,
  outcome text NOT NULL CHECK (outcome IN ('pending', 'sent', 'skipped', 'failed')),
  reason text NOT NULL,
  decided_at timestamptz NOT NULL,
  PRIMARY KEY (enrolment_id, step_key, occurrence)
);
CREATE INDEX step_execution_of_contact ON sequences.step_execution (contact_id);
-- For the sweep: steps without a final outcome.
CREATE INDEX step_execution_pending ON sequences.step_execution (decided_at) WHERE outcome = 'pending';
-- Steps whose message is unknown. Each sweep checks them for new evidence.
CREATE INDEX step_execution_unknown ON sequences.step_execution (message_id)
  WHERE reason IN ('no-answer-after-end-of-data', 'lease-expired', 'restored');
-- For pages of all decisions of an activation.
CREATE INDEX step_execution_in_order ON sequences.step_execution (activation_id, contact_id, step_key, occurrence);
-- For contacts who missed a step, by reason.
CREATE INDEX step_execution_missed ON sequences.step_execution (activation_id, reason, contact_id)
  INCLUDE (partner_id) WHERE outcome IN ('skipped', 'failed');
ALTER TABLE sequences.step_execution ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY step_execution_process ON sequences.step_execution USING ((SELECT database.is_system()));
CREATE POLICY step_execution_partner ON sequences.step_execution FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON sequences.step_execution TO throughline_app;

-- One row per partner with due steps. Claims read this table only, and serve the partner that
-- waited longest. `next_due` is a watermark: no due step is before it. A claim starts there and
-- skips the dead index entries that an old transaction keeps. An earlier due step moves it back.
CREATE TABLE sequences.partner_queue (
  partner_id uuid PRIMARY KEY,
  next_due timestamptz,
  last_served timestamptz NOT NULL,
  -- Machine time. No claims until then: the mail servers of all the partner's vendors refuse or
  -- delay e-mail.
  rest_until timestamptz NOT NULL DEFAULT '-infinity',
  -- More was due than the last claim took. Partners that are not behind do not wait for a full
  -- queue.
  behind boolean NOT NULL DEFAULT false
) WITH (fillfactor = 50, autovacuum_analyze_scale_factor = 0.01);
CREATE INDEX partner_queue_due ON sequences.partner_queue (next_due) WHERE next_due IS NOT NULL;
ALTER TABLE sequences.partner_queue ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY partner_queue_process ON sequences.partner_queue USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON sequences.partner_queue TO throughline_app;

-- The due queue: a narrow row while a contact waits. The enrolment itself then changes no indexed
-- column from step to step (HOT), and a claim reads 40 bytes per entry in due order.
CREATE TABLE sequences.due (
  enrolment_id uuid PRIMARY KEY REFERENCES sequences.enrolment (id),
  partner_id uuid NOT NULL,
  due_at timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01);
-- With equal due times, enrolments go in the order of their ids. The order must not depend on
-- storage, or the forecast would differ from the real run.
CREATE INDEX due_in_turn ON sequences.due (partner_id, due_at, enrolment_id);
ALTER TABLE sequences.due ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY due_process ON sequences.due USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON sequences.due TO throughline_app;

-- Contacts on the list of a launch who were not enrolled, and why. Separate from enrolments, so
-- counts of those do not change.
CREATE TABLE sequences.not_enrolled (
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  contact_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  -- The first step that the contact would have got.
  step_key text NOT NULL,
  reason text NOT NULL,
  decided_at timestamptz NOT NULL,
  PRIMARY KEY (activation_id, contact_id)
);
CREATE INDEX not_enrolled_of_contact ON sequences.not_enrolled (contact_id);
ALTER TABLE sequences.not_enrolled ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY not_enrolled_process ON sequences.not_enrolled USING ((SELECT database.is_system()));
CREATE POLICY not_enrolled_partner ON sequences.not_enrolled FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON sequences.not_enrolled TO throughline_app;

-- Inbox of an enrolment: an interaction arrived, or a step without e-mail is due. Written in the
-- transaction of the change, and removed in the one that moves the contact, so the contact moves
-- exactly once.
CREATE TABLE sequences.inbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  enrolment_id uuid NOT NULL REFERENCES sequences.enrolment (id),
  partner_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN (
    'due', 'leave', 'click', 'form', 'reply', 'event', 'lead', 'list', 'field', 'machine-click',
    'exclusion', 'readmission'
  )),
  name text,
  -- The interaction, where its verdict may still change.
  source_id uuid,
  at timestamptz NOT NULL,
  -- Machine time. A click waits for the others of its burst; a failed entry waits for its retry.
  not_before timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01);
CREATE INDEX inbox_in_order ON sequences.inbox (not_before);
CREATE INDEX inbox_of_enrolment ON sequences.inbox (enrolment_id);
-- Partners take turns, oldest entry first.
CREATE INDEX inbox_of_partner ON sequences.inbox (partner_id, not_before, id);
ALTER TABLE sequences.inbox ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY inbox_process ON sequences.inbox USING ((SELECT database.is_system()));
CREATE POLICY inbox_partner ON sequences.inbox FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
-- Changes that a partner makes itself are entries, too.
CREATE POLICY inbox_insert ON sequences.inbox FOR INSERT
  WITH CHECK (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON sequences.inbox TO throughline_app;

-- Why the campaigns of a partner stop for a contact: it replied, it is a lead, it bought, or a user
-- took it out. New launches leave the contact out, too, until the end.
CREATE TABLE sequences.exclusion (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  -- The campaign to which the contact replied, or whose lead it is.
  activation_id uuid,
  lead_id uuid UNIQUE,
  reason text NOT NULL CHECK (reason IN ('answered', 'became-lead', 'deal-won', 'taken-out')),
  -- A step of that campaign made the lead. Its author says what follows.
  spares_own boolean NOT NULL DEFAULT false,
  -- The user who said it; null: it was received.
  by_name text,
  at timestamptz NOT NULL,
  -- Null: until it is lifted.
  ends_at timestamptz,
  lifted_at timestamptz
);
CREATE INDEX exclusion_of_contact ON sequences.exclusion (contact_id) WHERE lifted_at IS NULL;
ALTER TABLE sequences.exclusion ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY exclusion_process ON sequences.exclusion USING ((SELECT database.is_system()));
-- Users exclude contacts themselves, and move leads.
CREATE POLICY exclusion_partner ON sequences.exclusion USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON sequences.exclusion TO throughline_app;

-- Facts about a contact: events from the API and states of its leads. Append-only.
CREATE TABLE sequences.event (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  -- Set for leads and replies; null applies to every activation.
  activation_id uuid,
  -- reply: a user says that the contact replied.
  kind text NOT NULL CHECK (kind IN ('event', 'lead', 'reply')),
  name text NOT NULL,
  -- The sender's own id. The same id twice is one event.
  external_id text,
  at timestamptz NOT NULL,
  UNIQUE (partner_id, external_id)
);
CREATE INDEX event_of_contact ON sequences.event (contact_id, id);
CREATE TRIGGER event_is_final BEFORE UPDATE ON sequences.event
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE sequences.event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY event_process ON sequences.event USING ((SELECT database.is_system()));
CREATE POLICY event_partner ON sequences.event FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY event_told ON sequences.event FOR INSERT
  WITH CHECK (partner_id = (SELECT database.partner_scope()));
-- Events are deleted with the contact. Counts rest on decisions, not on events.
CREATE POLICY event_forgotten ON sequences.event FOR DELETE
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, DELETE ON sequences.event TO throughline_app;

CREATE TABLE sequences.goal_reached (
  enrolment_id uuid NOT NULL REFERENCES sequences.enrolment (id),
  goal text NOT NULL,
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  reached_at timestamptz NOT NULL,
  PRIMARY KEY (enrolment_id, goal)
);
CREATE INDEX goal_of_activation ON sequences.goal_reached (activation_id);
ALTER TABLE sequences.goal_reached ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY goal_reached_process ON sequences.goal_reached USING ((SELECT database.is_system()));
CREATE POLICY goal_reached_partner ON sequences.goal_reached FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
-- DELETE: a goal that only a machine's click had reached.
GRANT SELECT, INSERT, DELETE ON sequences.goal_reached TO throughline_app;

-- Social posts that are ready for the partner: one per activation, when the first contact reaches
-- the step.
CREATE TABLE sequences.ready_post (
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  post_key text NOT NULL,
  partner_id uuid NOT NULL,
  ready_at timestamptz NOT NULL,
  -- When the partner marked the post as published, and which user did. The network is not asked.
  posted_at timestamptz,
  posted_by text,
  PRIMARY KEY (activation_id, post_key)
);
CREATE INDEX ready_post_of_partner ON sequences.ready_post (partner_id, ready_at DESC, activation_id, post_key);
ALTER TABLE sequences.ready_post ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY ready_post_process ON sequences.ready_post USING ((SELECT database.is_system()));
CREATE POLICY ready_post_partner ON sequences.ready_post FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY ready_post_said ON sequences.ready_post FOR UPDATE
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON sequences.ready_post TO throughline_app;
GRANT UPDATE (posted_at, posted_by) ON sequences.ready_post TO throughline_app;

-- E-mails of a partner's campaign planned for a day (UTC), where the campaign limits them.
CREATE TABLE sequences.daily_count (
  partner_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  on_day date NOT NULL,
  n integer NOT NULL,
  PRIMARY KEY (partner_id, campaign_id, on_day)
) WITH (fillfactor = 80);
ALTER TABLE sequences.daily_count ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY daily_count_process ON sequences.daily_count USING ((SELECT database.is_system()));
CREATE POLICY daily_count_partner ON sequences.daily_count FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON sequences.daily_count TO throughline_app;

-- Moves that a click caused, so that they can be undone when the click turns out to be a machine's.
CREATE TABLE sequences.click_move (
  interaction_id uuid NOT NULL,
  enrolment_id uuid NOT NULL REFERENCES sequences.enrolment (id),
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  -- The step before the move.
  step_key text NOT NULL,
  round integer NOT NULL,
  due_at timestamptz,
  since timestamptz NOT NULL,
  goals text[] NOT NULL,
  moved_at timestamptz NOT NULL,
  -- reversed: the move was undone. confirmed: another human click leads the same way. kept: a later
  -- step was already done.
  outcome text CHECK (outcome IN ('reversed', 'confirmed', 'kept')),
  evaluated_at timestamptz,
  PRIMARY KEY (interaction_id, enrolment_id),
  CHECK ((outcome IS NULL) = (evaluated_at IS NULL))
);
CREATE INDEX click_move_of_contact ON sequences.click_move (contact_id);
ALTER TABLE sequences.click_move ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY click_move_process ON sequences.click_move USING ((SELECT database.is_system()));
CREATE POLICY click_move_partner ON sequences.click_move FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON sequences.click_move TO throughline_app;

-- Progress counters of an activation. Without them each view of an activation with 250,000 contacts
-- counted a million steps. Rows are added in the transaction of the change and never updated, so
-- the sum is always exact and no sender waits. They are folded into one row per counter from time
-- to time. UPDATE is granted for the lock of folding.
CREATE TABLE sequences.progress (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  -- Empty for counts of contacts.
  step_key text NOT NULL,
  -- Contacts: open, over. Steps: sent, pending, skipped, failed, unknown.
  counted_as text NOT NULL,
  n integer NOT NULL,
  -- Time of the first decision; null for contacts.
  first_at timestamptz,
  is_folded boolean NOT NULL DEFAULT false
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX progress_of_activation ON sequences.progress (activation_id);
CREATE INDEX progress_to_fold ON sequences.progress (id) WHERE NOT is_folded;
ALTER TABLE sequences.progress ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY progress_process ON sequences.progress USING ((SELECT database.is_system()));
CREATE POLICY progress_partner ON sequences.progress FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON sequences.progress TO throughline_app;
