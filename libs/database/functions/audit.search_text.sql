-- All text of an entry as a person would search for it: lower case of all alphabets ("pg_c_utf8"),
-- values of the details without JSON quotes and field names. The first line is the actor's name.
CREATE OR REPLACE FUNCTION audit.search_text(actor_name text, action text, subject_kind text, subject_id text, details jsonb) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower((actor_name || E'\n' || action || ' ' || subject_kind || ' ' || subject_id || coalesce(' ' || string_agg(fact #>> '{}', ' '), '')) COLLATE "pg_c_utf8")
  FROM jsonb_path_query(details, '$.** ? (@.type() != "object" && @.type() != "array")') fact
$$;
