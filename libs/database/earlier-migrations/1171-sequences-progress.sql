-- How far an activation is, counted where it changes: each look at one with a quarter of a million people counted a million steps.
-- Rows are added and never changed, in the transaction of what they count, so that the sum is exact at every moment and no two senders
-- wait for one number; now and then those of an activation are folded into one for each number.
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
ALTER TABLE sequences.progress ENABLE ROW LEVEL SECURITY;
ALTER TABLE sequences.progress FORCE ROW LEVEL SECURITY;
CREATE POLICY progress_process ON sequences.progress USING ((SELECT database.is_system()));
CREATE POLICY progress_partner ON sequences.progress FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
-- UPDATE is for the lock that folding takes; no row is ever changed.
GRANT SELECT, INSERT, UPDATE, DELETE ON sequences.progress TO throughline_app;

-- The same reasons as libs/sequences takes for unknown; a test holds the two together.
CREATE FUNCTION sequences.step_counted_as(outcome text, reason text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN outcome = 'failed' AND reason IN ('no-answer-after-dot', 'lease-over', 'restored', 'closed-unknown') THEN 'unknown' ELSE outcome END $$;
CREATE FUNCTION sequences.person_counted_as(state text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN state IN ('waiting', 'running') THEN 'open' ELSE 'over' END $$;

-- By the statement: a chunk of fifty decisions on one step is one row.
CREATE FUNCTION sequences.count_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.progress (activation_id, partner_id, step_key, counted_as, n, first_at)
  SELECT activation_id, partner_id, step_key, sequences.step_counted_as(outcome, reason), count(*), min(decided_at) FROM after_rows GROUP BY 1, 2, 3, 4;
  RETURN NULL;
END $$;
CREATE FUNCTION sequences.recount_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.progress (activation_id, partner_id, step_key, counted_as, n, first_at)
  SELECT activation_id, partner_id, step_key, sequences.step_counted_as(outcome, reason), sum(n), min(decided_at)
  FROM (SELECT *, 1 AS n FROM after_rows UNION ALL SELECT *, -1 FROM before_rows) moved GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER steps_are_counted AFTER INSERT ON sequences.step_execution
  REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION sequences.count_steps();
CREATE TRIGGER steps_are_recounted AFTER UPDATE ON sequences.step_execution
  REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION sequences.recount_steps();

CREATE FUNCTION sequences.count_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.progress (activation_id, partner_id, step_key, counted_as, n)
  SELECT activation_id, partner_id, '', sequences.person_counted_as(state), count(*) FROM after_rows GROUP BY 1, 2, 4;
  RETURN NULL;
END $$;
-- Claims and leases, which are most of the writes, change nothing here.
CREATE FUNCTION sequences.recount_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.progress (activation_id, partner_id, step_key, counted_as, n)
  SELECT activation_id, partner_id, '', sequences.person_counted_as(state), sum(n)
  FROM (SELECT activation_id, partner_id, state, 1 AS n FROM after_rows UNION ALL SELECT activation_id, partner_id, state, -1 FROM before_rows) moved
  GROUP BY 1, 2, 4 HAVING sum(n) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER people_are_counted AFTER INSERT ON sequences.enrolment
  REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION sequences.count_people();
CREATE TRIGGER people_are_recounted AFTER UPDATE ON sequences.enrolment
  REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION sequences.recount_people();

-- An owner without the right to bypass policies would see no row.
ALTER TABLE sequences.step_execution NO FORCE ROW LEVEL SECURITY;
ALTER TABLE sequences.enrolment NO FORCE ROW LEVEL SECURITY;
ALTER TABLE sequences.progress NO FORCE ROW LEVEL SECURITY;
INSERT INTO sequences.progress (activation_id, partner_id, step_key, counted_as, n, first_at, is_folded)
  SELECT activation_id, partner_id, step_key, sequences.step_counted_as(outcome, reason), count(*), min(decided_at), true FROM sequences.step_execution GROUP BY 1, 2, 3, 4
  UNION ALL
  SELECT activation_id, partner_id, '', sequences.person_counted_as(state), count(*), NULL, true FROM sequences.enrolment GROUP BY 1, 2, 4;
ALTER TABLE sequences.progress FORCE ROW LEVEL SECURITY;
ALTER TABLE sequences.enrolment FORCE ROW LEVEL SECURITY;
ALTER TABLE sequences.step_execution FORCE ROW LEVEL SECURITY;

-- Who missed something, and why: few, and each person counts once for each reason.
CREATE INDEX step_execution_missed ON sequences.step_execution (activation_id, reason, contact_id) INCLUDE (partner_id) WHERE outcome IN ('skipped', 'failed');
