-- needs: database.is_system

-- Jobs enqueued in a transaction. A row stays until its handler has succeeded, so no queue can lose
-- it.
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
  -- When a process first met this job and could not read it. The age of a job says nothing: many
  -- jobs wait for hours until they are due.
  unread_since timestamptz,
  -- How often the job was handed to its queue. A queue entry with an older fence is not started.
  fence integer NOT NULL DEFAULT 0,
  -- Starts without an end: one runs now, or its worker died.
  unended_starts integer NOT NULL DEFAULT 0
) WITH (fillfactor = 80, autovacuum_analyze_scale_factor = 0.01);
-- The relay fills the queue of each job up to its limit, oldest first. A full queue does not delay
-- other jobs.
CREATE INDEX outbox_of_job ON jobs.outbox (job, run_at, id) WHERE failed_at IS NULL;
ALTER TABLE jobs.outbox ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- Every transaction may enqueue jobs. Only the processes read and settle them. `data` holds ids
-- only.
CREATE POLICY outbox_ask ON jobs.outbox FOR INSERT WITH CHECK (true);
CREATE POLICY outbox_read ON jobs.outbox FOR SELECT USING ((SELECT database.is_system()));
CREATE POLICY outbox_settle ON jobs.outbox FOR UPDATE USING ((SELECT database.is_system()));
CREATE POLICY outbox_finish ON jobs.outbox FOR DELETE USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON jobs.outbox TO throughline_app;
