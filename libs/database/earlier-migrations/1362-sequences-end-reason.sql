-- Why somebody's way ended before its last step: what was still to come is decided by this, and not step by step.
ALTER TABLE sequences.enrolment ADD COLUMN end_reason text, ADD COLUMN ended_at timestamptz;
CREATE INDEX enrolment_end_reason ON sequences.enrolment (activation_id, end_reason) WHERE end_reason IS NOT NULL;
