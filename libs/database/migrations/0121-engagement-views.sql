-- What other libs may read of this schema. With security_invoker the row-level security of the
-- tables holds for the reader. PostgreSQL inlines these views, so plans are those of the tables.

CREATE VIEW engagement.interaction_view WITH (security_invoker = true) AS
  SELECT id, contact_id, at, suspicion
  FROM engagement.interaction;
GRANT SELECT ON engagement.interaction_view TO throughline_app;

-- Clicks with the verdict that counts now.
CREATE VIEW engagement.click_view WITH (security_invoker = true) AS
  SELECT i.id, i.activation_id, i.contact_id,
    coalesce((SELECT v.verdict FROM engagement.interaction_verdict v WHERE v.interaction_id = i.id ORDER BY v.id DESC LIMIT 1),
      i.verdict, 'human') AS verdict
  FROM engagement.interaction i
  WHERE i.kind = 'click';
GRANT SELECT ON engagement.click_view TO throughline_app;
