-- needs: database.is_system, database.partner_scope, database.refuse_change

-- A contact on its way through the sequence of an activation.
CREATE TABLE sequences.enrolment (
  id uuid PRIMARY KEY,
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  locale text NOT NULL,
  time_zone text NOT NULL,
  -- Where the zone is from: it decides when mail arrives, so it must be explainable.
  time_zone_source text NOT NULL CHECK (time_zone_source IN ('contact', 'country', 'activation', 'vendor')),
  state text NOT NULL CHECK (state IN ('waiting', 'running', 'completed', 'exited', 'stopped')),
  position integer NOT NULL DEFAULT 0,
  due_at timestamptz,
  enrolled_at timestamptz NOT NULL,
  -- Where a contact is, by the key of its step; `position` is what enrolments had that began
  -- before, and nothing writes it any more.
  step_key text,
  round integer NOT NULL DEFAULT 1,
  -- What came back counts for an `until` from here on.
  since timestamptz,
  -- For holidays.
  country text,
  -- Whether anything that comes back can move it. Never changed, so the index below costs its steps
  -- nothing.
  listens boolean NOT NULL DEFAULT false,
  -- Why somebody's way ended before its last step: what was still to come is decided by this, and
  -- not step by step.
  end_reason text,
  ended_at timestamptz,
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

-- One decision, exactly one outcome, exactly one reason.
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
-- What every sweep looks for: steps whose outcome has not been written yet.
CREATE INDEX step_execution_pending ON sequences.step_execution (decided_at) WHERE outcome = 'pending';
-- Steps of which nobody knows whether they went out: few, and looked at with every sweep for what
-- evidence has told since.
CREATE INDEX step_execution_unknown ON sequences.step_execution (message_id)
  WHERE reason IN ('no-answer-after-dot', 'lease-over', 'restored');
-- Every decision of an activation, page by page: in this order they are read from where the page
-- before ended, however many there are.
CREATE INDEX step_execution_in_order ON sequences.step_execution (activation_id, contact_id, step_key, occurrence);
-- Who missed something, and why: few, and each person counts once for each reason.
CREATE INDEX step_execution_missed ON sequences.step_execution (activation_id, reason, contact_id)
  INCLUDE (partner_id) WHERE outcome IN ('skipped', 'failed');
ALTER TABLE sequences.step_execution ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY step_execution_process ON sequences.step_execution USING ((SELECT database.is_system()));
CREATE POLICY step_execution_partner ON sequences.step_execution FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON sequences.step_execution TO throughline_app;

-- Whose turn it is: fairness between partners, and the only thing that a tick looks at.
CREATE TABLE sequences.partner_queue (
  partner_id uuid PRIMARY KEY,
  next_due timestamptz,
  last_served timestamptz NOT NULL,
  -- Whose messages all belong to vendors whose mail servers take nothing, or take it slowly, is not
  -- claimed for until then: what is due stays due. By the machine's clock.
  rest_until timestamptz NOT NULL DEFAULT '-infinity',
  -- Whether more of a partner fell due than its last turn took. Who is not behind is not kept
  -- waiting by the queue being full of those who are.
  behind boolean NOT NULL DEFAULT false
) WITH (fillfactor = 50, autovacuum_analyze_scale_factor = 0.01);
CREATE INDEX partner_queue_due ON sequences.partner_queue (next_due) WHERE next_due IS NOT NULL;
ALTER TABLE sequences.partner_queue ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY partner_queue_process ON sequences.partner_queue USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON sequences.partner_queue TO throughline_app;

-- What is due, and nothing else: a narrow row that is put in when a contact begins to wait and
-- taken out when it is claimed. The enrolment itself then changes no indexed column from step to
-- step (HOT), and a claim reads entries of 40 bytes in due order.
CREATE TABLE sequences.due (
  enrolment_id uuid PRIMARY KEY REFERENCES sequences.enrolment (id),
  partner_id uuid NOT NULL,
  due_at timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01);
-- Where there is not room for all who fall due at one moment, who goes first must not depend on
-- where rows happen to lie: those who were enrolled first, so that what is foreseen before a launch
-- is what happens after it.
CREATE INDEX due_in_turn ON sequences.due (partner_id, due_at, enrolment_id);
ALTER TABLE sequences.due ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY due_process ON sequences.due USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON sequences.due TO throughline_app;

-- Who was on the list of a launch and was not put on the way, and why: a person gets a campaign of
-- a partner once. Beside the enrolments, so that what runs and what is counted as running stays
-- what it was.
CREATE TABLE sequences.not_enrolled (
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  contact_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  -- The first step that the person would have got.
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

-- What is to be looked at for one contact: something came back, or a step fell due that is no
-- e-mail. Written in the transaction in which it happened, taken out in the one in which the
-- contact moves: it moves exactly once.
CREATE TABLE sequences.turn (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  enrolment_id uuid NOT NULL REFERENCES sequences.enrolment (id),
  partner_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN (
    'due', 'leave', 'click', 'form', 'reply', 'event', 'lead', 'list', 'field', 'doubt'
  )),
  name text,
  -- The touch, where its verdict may still change.
  source_id uuid,
  at timestamptz NOT NULL,
  -- Machine time: a click waits for the others of its burst, a turn that failed for its next try.
  not_before timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01);
CREATE INDEX turn_in_order ON sequences.turn (not_before);
CREATE INDEX turn_of_enrolment ON sequences.turn (enrolment_id);
-- Partners come in turns, whoever's turns are the oldest: from one partner to the next, and in each
-- partner's order.
CREATE INDEX turn_of_partner ON sequences.turn (partner_id, not_before, id);
ALTER TABLE sequences.turn ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY turn_process ON sequences.turn USING ((SELECT database.is_system()));
CREATE POLICY turn_partner ON sequences.turn FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
-- Changes that a partner makes by itself are turns, too.
CREATE POLICY turn_told ON sequences.turn FOR INSERT
  WITH CHECK (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON sequences.turn TO throughline_app;

-- What was told of a contact: events by API, states of its lead. Append-only.
CREATE TABLE sequences.event (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  -- Of a lead; null counts in every activation.
  activation_id uuid,
  kind text NOT NULL CHECK (kind IN ('event', 'lead')),
  name text NOT NULL,
  -- The teller's own id: told twice is told once.
  told_as text,
  at timestamptz NOT NULL,
  UNIQUE (partner_id, told_as)
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
-- What was told of a person goes with the contact, and nothing but that: the numbers rest on what
-- was decided, not on it.
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
GRANT SELECT, INSERT, DELETE ON sequences.goal_reached TO throughline_app;

-- Posts that wait for the partner: once in an activation, whoever comes to the step first.
CREATE TABLE sequences.ready_post (
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  post_key text NOT NULL,
  partner_id uuid NOT NULL,
  ready_at timestamptz NOT NULL,
  -- When a partner says that it has published a post that had become ready, and who said so. A
  -- network is never asked.
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

-- E-mails that a partner's campaign has had planned in a day (UTC), where the campaign limits them.
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

-- Where clicks have moved people, so that it can be taken back when a click turns out to be a
-- program's, or be accounted for when it cannot.
CREATE TABLE sequences.click_move (
  touch_id uuid NOT NULL,
  enrolment_id uuid NOT NULL REFERENCES sequences.enrolment (id),
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  -- Where the person was before.
  step_key text NOT NULL,
  round integer NOT NULL,
  due_at timestamptz,
  since timestamptz NOT NULL,
  goals text[] NOT NULL,
  moved_at timestamptz NOT NULL,
  -- Taken back: the person is where they were. Borne: another click of a person leads on just so.
  -- Stands: something had been done already.
  outcome text CHECK (outcome IN ('taken-back', 'borne', 'stands')),
  judged_at timestamptz,
  PRIMARY KEY (touch_id, enrolment_id),
  CHECK ((outcome IS NULL) = (judged_at IS NULL))
);
CREATE INDEX click_move_of_contact ON sequences.click_move (contact_id);
ALTER TABLE sequences.click_move ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY click_move_process ON sequences.click_move USING ((SELECT database.is_system()));
CREATE POLICY click_move_partner ON sequences.click_move FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON sequences.click_move TO throughline_app;

-- How far an activation is, counted where it changes: each look at one with a quarter of a million
-- people counted a million steps. Rows are added and never changed, in the transaction of what they
-- count, so that the sum is exact at every moment and no two senders wait for one number; now and
-- then those of an activation are folded into one for each number.
CREATE TABLE sequences.progress (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  -- Empty where people are counted and not what was decided on a step.
  step_key text NOT NULL,
  -- Of people: open, over. Of a step: sent, pending, skipped, failed, unknown.
  counted_as text NOT NULL,
  n integer NOT NULL,
  -- When the first of them was decided; null for people.
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
