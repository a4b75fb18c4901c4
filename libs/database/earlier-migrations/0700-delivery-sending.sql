-- The ledger's columns for sending at scale. No index names `state`, so that leased → handing_off changes no indexed column and stays
-- in its page (HOT): each state change wrote into six indexes before.
DROP INDEX delivery.message_open;
-- An owner without the right to bypass policies would see no row.
ALTER TABLE delivery.message NO FORCE ROW LEVEL SECURITY;
UPDATE delivery.message SET lease_until = NULL WHERE state NOT IN ('leased', 'handing_off');
UPDATE delivery.message SET lease_until = now() WHERE state IN ('leased', 'handing_off') AND lease_until IS NULL;
UPDATE delivery.message SET retry_at = CASE WHEN state = 'planned' THEN coalesce(retry_at, now()) END;

ALTER TABLE delivery.message
  ADD COLUMN smtp_enhanced text,
  -- What the relay said last, for people; cut to 500 characters.
  ADD COLUMN smtp_text text,
  -- The week whose touch this message holds: a retry takes no second one.
  ADD COLUMN touch_window date,
  ADD COLUMN unknown_since timestamptz,
  -- How long its process may take from handing_off on. Beside `lease_until`, which holds while a message waits in the queue and is indexed:
  -- a row that is handed off stays in the index, where the sweep meets and passes it.
  ADD COLUMN hand_over_until timestamptz,
  -- When it was due by its calendar, for lateness.
  ADD COLUMN due_at timestamptz;
UPDATE delivery.message SET hand_over_until = lease_until WHERE state = 'handing_off';
UPDATE delivery.message SET unknown_since = coalesce(settled_at, now()) WHERE state = 'unknown';

ALTER TABLE delivery.message FORCE ROW LEVEL SECURITY;

-- Each queue of the ledger is exactly the rows of its state.
ALTER TABLE delivery.message
  ADD CONSTRAINT message_leased CHECK ((state IN ('leased', 'handing_off')) = (lease_until IS NOT NULL)),
  ADD CONSTRAINT message_planned CHECK ((state = 'planned') = (retry_at IS NOT NULL)),
  ADD CONSTRAINT message_is_unknown CHECK ((state = 'unknown') = (unknown_since IS NOT NULL));
CREATE INDEX message_lease ON delivery.message (lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX message_retry ON delivery.message (retry_at) WHERE retry_at IS NOT NULL;
CREATE INDEX message_unknown ON delivery.message (unknown_since) WHERE unknown_since IS NOT NULL;

-- Destinations (domains of addresses) that spoke of rates or reputation: nothing goes there until then.
CREATE TABLE delivery.destination (
  domain text PRIMARY KEY,
  -- In a row, since the last message that it took.
  refusals integer NOT NULL CHECK (refusals > 0),
  paused_until timestamptz NOT NULL,
  smtp_text text NOT NULL
) WITH (fillfactor = 80, autovacuum_analyze_scale_factor = 0.01);

-- The kill switch: what is halted sends nothing, whoever launched it, until somebody lifts it. Rows stay as history.
CREATE TABLE delivery.halt (
  id uuid PRIMARY KEY,
  scope text NOT NULL CHECK (scope IN ('everything', 'vendor', 'partner', 'campaign', 'activation')),
  subject_id uuid CHECK ((scope = 'everything') = (subject_id IS NULL)),
  reason text NOT NULL CHECK (reason <> ''),
  halted_by text NOT NULL,
  halted_at timestamptz NOT NULL,
  lifted_by text,
  lifted_at timestamptz,
  CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
);
CREATE UNIQUE INDEX halt_in_force ON delivery.halt (scope, subject_id) NULLS NOT DISTINCT WHERE lifted_at IS NULL;

ALTER TABLE delivery.destination ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery.destination FORCE ROW LEVEL SECURITY;
ALTER TABLE delivery.halt ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery.halt FORCE ROW LEVEL SECURITY;
CREATE POLICY destination_process ON delivery.destination USING ((SELECT database.is_system()));
CREATE POLICY halt_process ON delivery.halt USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.destination TO throughline_app;
GRANT SELECT, INSERT, UPDATE ON delivery.halt TO throughline_app;
