-- What other libs may read of this schema. With security_invoker the row-level security of the
-- tables holds for the reader. PostgreSQL inlines these views, so plans are those of the tables.

CREATE VIEW sequences.enrolment_view WITH (security_invoker = true) AS
  SELECT id, activation_id, contact_id, state
  FROM sequences.enrolment;
GRANT SELECT ON sequences.enrolment_view TO throughline_app;

CREATE VIEW sequences.goal_reached_view WITH (security_invoker = true) AS
  SELECT activation_id, goal, reached_at
  FROM sequences.goal_reached;
GRANT SELECT ON sequences.goal_reached_view TO throughline_app;

-- Facts about a contact, and why campaigns leave it alone.
CREATE VIEW sequences.event_view WITH (security_invoker = true) AS
  SELECT id, contact_id, activation_id, kind, name, external_id, at
  FROM sequences.event
  UNION ALL
  SELECT id, contact_id, activation_id, 'exclusion', reason, NULL, at
  FROM sequences.exclusion;
GRANT SELECT ON sequences.event_view TO throughline_app;

-- Every decision about a contact: on its steps, at enrolment, at the end of an enrolment, and about
-- moves by clicks of programs.
CREATE VIEW sequences.decision_view WITH (security_invoker = true) AS
  SELECT contact_id, activation_id, step_key, outcome, reason, decided_at FROM sequences.step_execution
  UNION ALL
  SELECT contact_id, activation_id, '', 'skipped', reason, decided_at FROM sequences.not_enrolled
  UNION ALL
  SELECT contact_id, activation_id, '', 'skipped', end_reason, ended_at FROM sequences.enrolment e
  WHERE end_reason IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM sequences.step_execution s WHERE s.enrolment_id = e.id AND s.reason = e.end_reason)
  UNION ALL
  SELECT contact_id, activation_id, step_key, 'skipped', 'click-' || outcome, evaluated_at FROM sequences.click_move
  WHERE outcome IN ('reversed', 'kept');
GRANT SELECT ON sequences.decision_view TO throughline_app;
