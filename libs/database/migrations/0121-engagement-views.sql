-- What other libs may read of this schema. With security_invoker the row-level security of the
-- tables holds for the reader. PostgreSQL inlines these views, so plans are those of the tables.

CREATE VIEW engagement.interaction_view WITH (security_invoker = true) AS
  SELECT id, contact_id, at, suspicion
  FROM engagement.interaction;
GRANT SELECT ON engagement.interaction_view TO throughline_app;
