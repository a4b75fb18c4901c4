-- Puts an interaction into the inbox of the contact's enrolments that listen, to be read after the
-- wait (machine time). An opt-out ends those that do not listen, too.
CREATE OR REPLACE FUNCTION sequences.add_to_inbox(who engagement.interaction, kind text, wait interval) RETURNS void LANGUAGE sql AS $$
  INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, name, source_id, at, not_before)
  SELECT e.id, e.partner_id, kind, who.link_name, who.id, who.at, clock_timestamp() + wait
  FROM sequences.enrolment e WHERE e.contact_id = who.contact_id AND e.state IN ('waiting', 'running')
    AND (kind = 'leave' OR (e.listens AND e.activation_id = who.activation_id)) $$;
