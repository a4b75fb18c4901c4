-- The tiers of a vendor by rule: [{ "name": "Gold", "rule": { … } }]. Null: no rule decides, so that tiers
-- are written by hand.
CREATE OR REPLACE FUNCTION organisations.tier_rules(of_vendor uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT newest.tiers FROM (
    SELECT DISTINCT ON (programme_id) tiers, is_on FROM tiers.rules WHERE vendor_id = of_vendor
    ORDER BY programme_id, version DESC
  ) newest WHERE newest.is_on LIMIT 1 $$;
