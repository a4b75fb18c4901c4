-- The e-mail that a contact gets in the step that tests e-mails, drawn when it enters. Null: the sequence tested
-- none then, or a winner was applied. It stays when a winner is applied later.
ALTER TABLE sequences.enrolment ADD COLUMN arm text;

-- It returns the arm, too: the file in functions makes it again.
DROP FUNCTION IF EXISTS activations.waiting_emails(uuid[]);

-- Contacts that a campaign could have been sent to, by the group that was drawn: held out, or not. Who asked for
-- something is answered, and in no group.
CREATE VIEW sequences.experiment_contact_view WITH (security_invoker = true) AS
  SELECT activation_id, partner_id, contact_id, enrolled_at AS at, false AS is_held_out, arm
  FROM sequences.enrolment
  WHERE entry_kind NOT IN ('form', 'document', 'lead')
  UNION ALL
  SELECT activation_id, partner_id, contact_id, decided_at, true, NULL
  FROM sequences.not_enrolled
  WHERE reason = 'held-out';
GRANT SELECT ON sequences.experiment_contact_view TO throughline_app;
