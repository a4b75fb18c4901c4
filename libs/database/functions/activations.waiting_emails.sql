-- needs: database.is_system
-- How many e-mails of activations wait, by step: messages that are decided and not sent, and contacts
-- whose next step it is; of a step that tests e-mails, by the one that was drawn. For reports of
-- recalls, which run under a process.
CREATE OR REPLACE FUNCTION activations.waiting_emails(activation_ids uuid[])
RETURNS TABLE (activation_id uuid, partner_id uuid, step_key text, arm text, locale text, waiting integer)
LANGUAGE sql STABLE AS $$
  SELECT e.activation_id, e.partner_id, coalesce(m.step_key, e.step_key), e.arm, e.locale, count(*)::integer
  FROM sequences.enrolment e
  LEFT JOIN delivery.message m ON m.enrolment_id = e.id AND m.activation_id = e.activation_id AND m.state IN ('planned', 'leased')
  WHERE e.activation_id = ANY (activation_ids) AND e.state IN ('waiting', 'running')
    AND (e.state = 'waiting' OR m.id IS NOT NULL)
  GROUP BY 1, 2, 3, 4, 5
$$;
