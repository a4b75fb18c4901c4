CREATE OR REPLACE FUNCTION sequences.person_counted_as(state text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN state IN ('waiting', 'running') THEN 'open' ELSE 'over' END $$;
