-- The reasons for `unknown` are those of libs/sequences. A test compares the two.
CREATE OR REPLACE FUNCTION sequences.step_counted_as(outcome text, reason text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN outcome = 'failed' AND reason IN ('no-answer-after-end-of-data', 'lease-expired', 'restored', 'closed-unknown') THEN 'unknown' ELSE outcome END $$;
