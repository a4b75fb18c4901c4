-- The same reasons as libs/sequences takes for unknown; a test holds the two together.
CREATE OR REPLACE FUNCTION sequences.step_counted_as(outcome text, reason text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN outcome = 'failed' AND reason IN ('no-answer-after-dot', 'lease-over', 'restored', 'closed-unknown') THEN 'unknown' ELSE outcome END $$;
