-- How long a click waits. The first link that a scanner follows looks human. A suspicious click
-- waits longer than the decoy link takes (libs/engagement/src/click-verdict.ts).
CREATE OR REPLACE FUNCTION sequences.click_wait(click engagement.interaction) RETURNS interval LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN click.suspicion IS NULL THEN interval '1.25 seconds' ELSE interval '65 seconds' END $$;
