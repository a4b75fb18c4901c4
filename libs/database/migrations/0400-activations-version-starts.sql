-- When an activation began to run each of its versions: the horizon of the version's comparisons follows from it.
CREATE VIEW activations.version_start_view WITH (security_invoker = true) AS
  SELECT a.id AS activation_id, a.partner_id, coalesce(e.version_id, a.version_id) AS version_id,
    min(CASE WHEN e.number > 1 THEN greatest(a.start_at, e.made_at) ELSE a.start_at END) AS starts_at
  FROM activations.activation a LEFT JOIN activations.edition e ON e.activation_id = a.id
  GROUP BY a.id, coalesce(e.version_id, a.version_id);
GRANT SELECT ON activations.version_start_view TO throughline_app;
