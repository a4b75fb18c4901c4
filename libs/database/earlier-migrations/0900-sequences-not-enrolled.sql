-- Who was on the list of a launch and was not put on the way, and why: a person gets a campaign of a partner once. Beside the
-- enrolments, so that what runs and what is counted as running stays what it was.
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
ALTER TABLE sequences.not_enrolled ENABLE ROW LEVEL SECURITY;
ALTER TABLE sequences.not_enrolled FORCE ROW LEVEL SECURITY;
CREATE POLICY not_enrolled_process ON sequences.not_enrolled USING ((SELECT database.is_system()));
CREATE POLICY not_enrolled_partner ON sequences.not_enrolled FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON sequences.not_enrolled TO throughline_app;
