-- Everything that an entry says, as a person would look for it: in small letters, what the details
-- say as it was written and not as JSON writes it, with its quotes, and without the names of
-- fields. The name of who did it is the first line. || Small letters of every alphabet, as in the
-- search for contacts.
CREATE OR REPLACE FUNCTION audit.said(actor_name text, action text, subject_kind text, subject_id text, details jsonb) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower((actor_name || E'\n' || action || ' ' || subject_kind || ' ' || subject_id || coalesce(' ' || string_agg(fact #>> '{}', ' '), '')) COLLATE "pg_c_utf8")
  FROM jsonb_path_query(details, '$.** ? (@.type() != "object" && @.type() != "array")') fact
$$;
