-- needs: organisations.trait_key
-- Which active members each of several rules takes in on a day. All rules are asked at once, because
-- row-level security makes the reading of the memberships the expensive part. A list or condition that a
-- rule lacks admits all partners. Upper and lower case of texts make no difference.
-- One partner alone: its id is the last argument; otherwise it is null.
CREATE OR REPLACE FUNCTION organisations.members_by_rules(programmes uuid[], rules jsonb[], today date, only_partner uuid)
RETURNS TABLE (rule_number int, partner_id uuid) LANGUAGE sql STABLE AS $$
  WITH asked AS MATERIALIZED (
    SELECT n::int AS n, programme, rule FROM unnest(programmes, rules) WITH ORDINALITY AS given (programme, rule, n)
  ), member AS MATERIALIZED (
    SELECT m.programme_id, m.partner_id, organisations.trait_key(m.tier) AS tier, organisations.trait_key(m.region) AS region, o.country_code
    FROM organisations.membership m JOIN organisations.organisation o ON o.id = m.partner_id
    WHERE m.programme_id = ANY (programmes) AND m.status = 'active' AND (only_partner IS NULL OR m.partner_id = only_partner)
  ), allowed AS MATERIALIZED (
    SELECT n, list, organisations.trait_key(value) AS value
    FROM asked, (VALUES ('tiers'), ('regions'), ('countries'), ('partnerIds'), ('exceptPartnerIds')) AS lists (list),
      jsonb_array_elements_text(coalesce(rule -> list, '[]')) AS value
  ), condition AS MATERIALIZED (
    SELECT n, k, it, coalesce((it ->> 'not')::boolean, false) AS negated, (it ->> 'attributeId')::uuid AS attribute_id
    FROM asked, jsonb_array_elements(coalesce(rule -> 'conditions', '[]')) WITH ORDINALITY AS given (it, k)
  ), met AS MATERIALIZED (
    SELECT c.n, c.k, v.partner_id
    FROM condition c JOIN organisations.attribute_value v ON v.attribute_id = c.attribute_id
    WHERE (only_partner IS NULL OR v.partner_id = only_partner) AND CASE c.it ->> 'on'
      WHEN 'attribute-known' THEN true
      WHEN 'attribute-yes' THEN v.is_so
      WHEN 'attribute-number' THEN
        v.number >= coalesce((c.it ->> 'from')::float8, '-Infinity') AND v.number <= coalesce((c.it ->> 'to')::float8, 'Infinity')
      WHEN 'attribute-date' THEN
        v.day >= coalesce((c.it ->> 'from')::date, '-infinity') AND v.day <= coalesce((c.it ->> 'to')::date, 'infinity')
      WHEN 'certified' THEN coalesce(v.day, 'infinity') >= today + coalesce((c.it ->> 'forDays')::int, 0)
      ELSE EXISTS (
        SELECT FROM unnest(v.words) AS own, jsonb_array_elements_text(c.it -> 'is') AS wanted
        WHERE organisations.trait_key(own) = organisations.trait_key(wanted))
    END
  ), listed AS MATERIALIZED (
    SELECT asked.n, member.partner_id, coalesce(asked.rule ->> 'match', 'all') AS match
    FROM asked JOIN member ON member.programme_id = asked.programme
    WHERE (coalesce(jsonb_array_length(rule -> 'tiers'), 0) = 0 OR (n, 'tiers', tier) IN (SELECT a.n, a.list, a.value FROM allowed a))
      AND (coalesce(jsonb_array_length(rule -> 'regions'), 0) = 0 OR (n, 'regions', region) IN (SELECT a.n, a.list, a.value FROM allowed a))
      AND (coalesce(jsonb_array_length(rule -> 'countries'), 0) = 0
        OR (n, 'countries', lower(country_code)) IN (SELECT a.n, a.list, a.value FROM allowed a))
      AND (coalesce(jsonb_array_length(rule -> 'partnerIds'), 0) = 0
        OR (n, 'partnerIds', member.partner_id::text) IN (SELECT a.n, a.list, a.value FROM allowed a))
      AND (n, 'exceptPartnerIds', member.partner_id::text) NOT IN (SELECT a.n, a.list, a.value FROM allowed a)
  )
  SELECT listed.n, listed.partner_id
  FROM listed LEFT JOIN condition c ON c.n = listed.n LEFT JOIN met ON met.n = c.n AND met.k = c.k AND met.partner_id = listed.partner_id
  GROUP BY listed.n, listed.partner_id, listed.match
  HAVING CASE
    WHEN count(c.k) = 0 THEN true
    WHEN listed.match = 'any' THEN bool_or((met.partner_id IS NOT NULL) <> c.negated)
    ELSE bool_and((met.partner_id IS NOT NULL) <> c.negated) END $$;
