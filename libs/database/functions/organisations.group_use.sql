-- How a partner group is used: by no published version (unused), only by versions that partners can
-- no longer launch (over), or by one that they can launch now or later (open).
CREATE OR REPLACE FUNCTION organisations.group_use(wanted uuid, today date) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN count(*) = 0 THEN 'unused'
    WHEN bool_or(v.status = 'published' AND v.closes_on >= today) THEN 'open'
    ELSE 'over' END
  FROM campaigns.version_group g JOIN campaigns.campaign_version v ON v.id = g.version_id
  WHERE g.group_id = wanted $$;
