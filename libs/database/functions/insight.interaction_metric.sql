-- What an interaction counts as. A withdrawn lead is a verdict on its interaction, so counts follow from the
-- ledger, as for clicks. Won deals count by the day they closed: insight.count_deal.sql.
CREATE OR REPLACE FUNCTION insight.interaction_metric(kind text, verdict text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE kind
    WHEN 'click' THEN CASE verdict WHEN 'human' THEN 'clicks' ELSE 'machine-clicks' END
    WHEN 'unsubscribe' THEN 'unsubscribed'
    WHEN 'reply' THEN 'replies'
    WHEN 'lead' THEN CASE verdict WHEN 'machine' THEN 'withdrawn-leads' ELSE 'leads' END
  END $$;
