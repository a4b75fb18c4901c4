-- Since when processes have met a job that they could not read; its age says nothing, for many jobs wait for hours before they are due.
ALTER TABLE jobs.outbox ADD COLUMN unread_since timestamptz;
