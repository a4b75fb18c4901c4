-- Step and variant of the message that a lead followed last; empty without one. It is written with the lead and
-- never changes, so what is counted once is taken back in the same place.
CREATE OR REPLACE FUNCTION insight.step_of_lead(activation uuid, contact uuid, OUT step_key text, OUT variant text) LANGUAGE sql STABLE AS $$
  SELECT coalesce(max(m.step_key), ''), coalesce(max(m.variant), '')
  FROM engagement.interaction t JOIN delivery.message m ON m.id = t.message_id
  WHERE t.activation_id = activation AND t.contact_id = contact AND t.kind = 'lead' $$;
