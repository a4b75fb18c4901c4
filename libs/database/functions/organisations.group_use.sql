-- How a partner group is used: by no published version, no shared asset, no planned wave and no scheduled
-- newsletter (unused), only by those that partners can no longer launch or use (over), or by one that they
-- can use now or later (open). A wave that has opened counts by its version.
CREATE OR REPLACE FUNCTION organisations.group_use(wanted uuid, today date) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN count(*) = 0 THEN 'unused'
    WHEN bool_or(is_open) THEN 'open'
    ELSE 'over' END
  FROM (
    SELECT v.status = 'published' AND v.closes_on >= today AS is_open
    FROM campaigns.version_group g JOIN campaigns.campaign_version v ON v.id = g.version_id
    WHERE g.group_id = wanted
    UNION ALL
    SELECT a.deleted_at IS NULL AND a.withdrawn_at IS NULL AND a.closes_on >= today
    FROM assets.asset_group g JOIN assets.asset a ON a.id = g.asset_id
    WHERE g.group_id = wanted
    UNION ALL
    SELECT true
    FROM activations.wave w JOIN campaigns.campaign_version v ON v.id = w.version_id
    WHERE wanted = ANY (w.group_ids) AND w.opened_at IS NULL AND v.status = 'published'
    UNION ALL
    SELECT true
    FROM newsletters.newsletter n
    WHERE wanted = ANY (n.group_ids) AND n.state = 'scheduled'
  ) used $$;
