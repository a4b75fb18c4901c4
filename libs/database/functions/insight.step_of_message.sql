-- Step and variant of a message; empty without one.
CREATE OR REPLACE FUNCTION insight.step_of_message(message uuid, OUT step_key text, OUT variant text) LANGUAGE sql STABLE AS $$
  SELECT coalesce(max(m.step_key), ''), coalesce(max(m.variant), '') FROM delivery.message m WHERE m.id = message $$;
