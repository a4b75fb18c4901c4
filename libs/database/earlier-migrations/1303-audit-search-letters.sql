-- Small letters of every alphabet, as in the search for contacts.
CREATE OR REPLACE FUNCTION audit.said(actor_name text, action text, subject_kind text, subject_id text, details jsonb) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower((actor_name || E'\n' || action || ' ' || subject_kind || ' ' || subject_id || coalesce(' ' || string_agg(fact #>> '{}', ' '), '')) COLLATE "pg_c_utf8")
  FROM jsonb_path_query(details, '$.** ? (@.type() != "object" && @.type() != "array")') fact
$$;
ALTER TABLE audit.entry
  ALTER COLUMN search_text SET EXPRESSION AS (left(audit.said(actor_name, action, subject_kind, subject_id, details), 500)),
  ALTER COLUMN long_text SET EXPRESSION AS (
    CASE WHEN length(audit.said(actor_name, action, subject_kind, subject_id, details)) > 500
      THEN audit.said(actor_name, action, subject_kind, subject_id, details) END);
