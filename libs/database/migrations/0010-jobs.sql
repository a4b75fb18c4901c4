-- needs: database.is_system

-- A job that was asked for in a transaction. The row lives until its handler has succeeded, so no
-- queue can lose it.
CREATE TABLE jobs.outbox (
  id uuid PRIMARY KEY,
  job text NOT NULL,
  data jsonb NOT NULL,
  attempt integer NOT NULL DEFAULT 0,
  -- Machine time, not the product's clock: leases must hold while a demonstration moves the
  -- calendar.
  run_at timestamptz NOT NULL DEFAULT now(),
  leased_until timestamptz,
  failed_at timestamptz,
  error text,
  -- Since when processes have met a job that they could not read; its age says nothing, for many
  -- jobs wait for hours before they are due.
  unread_since timestamptz,
  -- How often it was handed to its queue: what lies there from an earlier time is not begun beside
  -- the later one.
  fence integer NOT NULL DEFAULT 0
) WITH (fillfactor = 80, autovacuum_analyze_scale_factor = 0.01);
-- The relay takes of each job what its queue has room for, oldest first: what waits for a full
-- queue stands before nothing else.
CREATE INDEX outbox_of_job ON jobs.outbox (job, run_at, id) WHERE failed_at IS NULL;
ALTER TABLE jobs.outbox ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- Anybody's transaction may ask for work; only the processes read and settle it. Data holds ids
-- only.
CREATE POLICY outbox_ask ON jobs.outbox FOR INSERT WITH CHECK (true);
CREATE POLICY outbox_read ON jobs.outbox FOR SELECT USING ((SELECT database.is_system()));
CREATE POLICY outbox_settle ON jobs.outbox FOR UPDATE USING ((SELECT database.is_system()));
CREATE POLICY outbox_finish ON jobs.outbox FOR DELETE USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON jobs.outbox TO throughline_app;
