-- How often it was handed to its queue: what lies there from an earlier time is not begun beside the later one.
ALTER TABLE jobs.outbox ADD COLUMN fence integer NOT NULL DEFAULT 0;
-- The relay takes of each job what its queue has room for, oldest first: what waits for a full queue stands before nothing else.
CREATE INDEX outbox_of_job ON jobs.outbox (job, run_at, id) WHERE failed_at IS NULL;
DROP INDEX jobs.outbox_runnable;
