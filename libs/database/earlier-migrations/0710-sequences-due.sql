-- What is due, and nothing else: a narrow row that is put in when a contact begins to wait and taken out when it is claimed. The enrolment
-- itself then changes no indexed column from step to step (HOT), and a claim reads entries of 40 bytes in due order.
CREATE TABLE sequences.due (
  enrolment_id uuid PRIMARY KEY REFERENCES sequences.enrolment (id),
  partner_id uuid NOT NULL,
  due_at timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01);
CREATE INDEX due_in_order ON sequences.due (partner_id, due_at);
ALTER TABLE sequences.due ENABLE ROW LEVEL SECURITY;
ALTER TABLE sequences.due FORCE ROW LEVEL SECURITY;
CREATE POLICY due_process ON sequences.due USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON sequences.due TO throughline_app;

-- An owner without the right to bypass policies would see no row.
ALTER TABLE sequences.enrolment NO FORCE ROW LEVEL SECURITY;
ALTER TABLE sequences.due NO FORCE ROW LEVEL SECURITY;
ALTER TABLE sequences.partner_queue NO FORCE ROW LEVEL SECURITY;
INSERT INTO sequences.due (enrolment_id, partner_id, due_at)
  SELECT id, partner_id, due_at FROM sequences.enrolment WHERE state = 'waiting' AND due_at IS NOT NULL;
DROP INDEX sequences.enrolment_due;

-- `next_due` is the watermark, too: nothing of the partner stands before it. A claim begins there, and so does not read the dead entries
-- at the left edge of the index, which an old transaction (a report, a dump) keeps alive by the hundred thousand. Whoever puts something
-- in before it moves it back.
UPDATE sequences.partner_queue q SET next_due = (SELECT min(d.due_at) FROM sequences.due d WHERE d.partner_id = q.partner_id);
ALTER TABLE sequences.enrolment FORCE ROW LEVEL SECURITY;
ALTER TABLE sequences.due FORCE ROW LEVEL SECURITY;
ALTER TABLE sequences.partner_queue FORCE ROW LEVEL SECURITY;
ALTER TABLE sequences.partner_queue SET (fillfactor = 50, autovacuum_analyze_scale_factor = 0.01);
