-- One row: which life of the installation this is. A backup that was restored is another life than the one that sent after it was taken.
CREATE TABLE delivery.instance (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  epoch integer NOT NULL CHECK (epoch > 0),
  -- The database server and database by their own names; another one is another life, too.
  server text NOT NULL,
  -- What was due until then may have been sent before the restore: nobody knows.
  doubt_until timestamptz,
  confirmed_by text,
  confirmed_at timestamptz
);
-- How often each scheduler has claimed. It keeps the same number on its own disk: a database that knows less is an old one.
CREATE TABLE delivery.pulse (
  process text PRIMARY KEY,
  n bigint NOT NULL,
  at timestamptz NOT NULL
) WITH (fillfactor = 50);

ALTER TABLE delivery.instance ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery.instance FORCE ROW LEVEL SECURITY;
ALTER TABLE delivery.pulse ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery.pulse FORCE ROW LEVEL SECURITY;
CREATE POLICY instance_process ON delivery.instance USING ((SELECT database.is_system()));
CREATE POLICY pulse_process ON delivery.pulse USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON delivery.instance TO throughline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.pulse TO throughline_app;

ALTER TABLE delivery.halt DROP CONSTRAINT halt_cause_check;
ALTER TABLE delivery.halt ADD CONSTRAINT halt_cause_check CHECK (cause IN ('operator', 'identity', 'bounces', 'complaints', 'restore'));
