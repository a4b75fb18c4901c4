-- The same rows. PostgreSQL expects one in 200 rows of "= 'human'", and nearly all of what is none of the other
-- verdicts: with the few, it sorted and hashed what lies in order.
CREATE OR REPLACE VIEW engagement.touch_view WITH (security_invoker = true) AS
  SELECT t.id, t.partner_id, t.activation_id, t.step_key, t.variant, t.contact_id, t.kind, t.at, t.source
  FROM engagement.interaction t LEFT JOIN (
    SELECT DISTINCT ON (partner_id, interaction_id) partner_id, interaction_id, verdict
    FROM engagement.interaction_verdict ORDER BY partner_id, interaction_id, id DESC) v
    ON v.partner_id = t.partner_id AND v.interaction_id = t.id
  WHERE t.contact_id IS NOT NULL AND t.kind IN ('click', 'form', 'document', 'reply')
    AND coalesce(v.verdict, t.verdict, 'human') NOT IN ('machine', 'reversed');
