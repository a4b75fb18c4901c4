-- The e-mail or the time that was drawn for a contact, and the number of the version whose test drew it: a later
-- version may test something else. Null in rows from before: nothing compares them.
ALTER TABLE sequences.enrolment ADD COLUMN arm_version integer;

CREATE OR REPLACE VIEW sequences.experiment_contact_view WITH (security_invoker = true) AS
  SELECT activation_id, partner_id, contact_id, enrolled_at AS at, false AS is_held_out, arm, arm_version
  FROM sequences.enrolment
  WHERE entry_kind NOT IN ('form', 'document', 'lead')
  UNION ALL
  SELECT activation_id, partner_id, contact_id, decided_at, true, NULL, NULL
  FROM sequences.not_enrolled
  WHERE reason = 'held-out';

-- A winner may be a time, too.
ALTER TABLE campaigns.test_winner RENAME COLUMN email TO arm;
