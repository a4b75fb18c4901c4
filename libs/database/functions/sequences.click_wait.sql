-- A click waits a moment, for the first link that a scanner follows looks like anybody's; longer
-- than the decoy reaches (libs/engagement/src/click-verdict.ts) where something about it is
-- suspicious.
CREATE OR REPLACE FUNCTION sequences.click_wait(click engagement.touch) RETURNS interval LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN click.suspicion IS NULL THEN interval '1.25 seconds' ELSE interval '65 seconds' END $$;
