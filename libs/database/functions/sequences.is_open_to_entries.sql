-- Whether people may still enter an activation: it has a rule for it, and its planned end is ahead, or it has none.
CREATE OR REPLACE FUNCTION sequences.is_open_to_entries(activation uuid, at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM sequences.entry_rule r JOIN activations.activation a ON a.id = r.activation_id
                 WHERE r.activation_id = activation AND (a.planned_end_at IS NULL OR a.planned_end_at > at)) $$;
