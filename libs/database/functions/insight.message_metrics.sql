-- What a message counts as. It counts on the day of its submission, so sent = delivered + bounced
-- in every period.
CREATE OR REPLACE FUNCTION insight.message_metrics(state text, reason text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE state
    WHEN 'accepted' THEN ARRAY['sent']
    WHEN 'delivered' THEN ARRAY['sent']
    WHEN 'complained' THEN ARRAY['sent', 'complained']
    WHEN 'bounced' THEN ARRAY['sent', CASE WHEN reason IN ('bounced-hard', 'bounced-soft', 'bounced-block') THEN reason ELSE 'bounced-unknown' END]
    WHEN 'failed' THEN ARRAY['failed']
    ELSE ARRAY[]::text[]
  END $$;
