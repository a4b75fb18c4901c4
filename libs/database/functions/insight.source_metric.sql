-- What an interaction counts as by its source, such as `visits/post`. Visits of programs count apart;
-- what else they do does not count. Null: not counted by source.
CREATE OR REPLACE FUNCTION insight.source_metric(kind text, verdict text, source text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN kind = 'visit' AND verdict = 'machine' THEN 'machine-visits'
    WHEN verdict = 'machine' THEN NULL
    ELSE CASE kind WHEN 'visit' THEN 'visits' WHEN 'form-start' THEN 'form-starts' WHEN 'form' THEN 'forms' WHEN 'document' THEN 'documents' END
  END || '/' || source $$;
