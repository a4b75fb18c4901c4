-- Numbers by source are counted from enrolments, too.
CREATE OR REPLACE VIEW sequences.enrolment_view WITH (security_invoker = true) AS
  SELECT id, activation_id, contact_id, state, partner_id, source, enrolled_at
  FROM sequences.enrolment;
CREATE INDEX enrolment_by_source ON sequences.enrolment (partner_id) WHERE source IS NOT NULL;
