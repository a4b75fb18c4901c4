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
    SELECT n, k, it ->> 'on' AS asks, it -> 'is' AS texts, coalesce((it ->> 'not')::boolean, false) AS negated,
      (it ->> 'attributeId')::uuid AS attribute_id, coalesce((it ->> 'forDays')::int, 0) AS for_days,
      CASE it ->> 'on' WHEN 'attribute-number' THEN coalesce((it ->> 'from')::float8, '-Infinity') END AS from_number,
      CASE it ->> 'on' WHEN 'attribute-number' THEN coalesce((it ->> 'to')::float8, 'Infinity') END AS to_number,
      CASE it ->> 'on' WHEN 'attribute-date' THEN coalesce((it ->> 'from')::date, '-infinity') END AS from_day,
      CASE it ->> 'on' WHEN 'attribute-date' THEN coalesce((it ->> 'to')::date, 'infinity') END AS to_day
    FROM asked, jsonb_array_elements(coalesce(rule -> 'conditions', '[]')) WITH ORDINALITY AS given (it, k)
  ), wanted AS MATERIALIZED (
    SELECT n, k, attribute_id, organisations.trait_key(text) AS word
    FROM condition, jsonb_array_elements_text(coalesce(texts, '[]')) AS text
  ), own AS MATERIALIZED (
    -- Each text once for all rules: normalising it is what costs.
    SELECT v.attribute_id, v.partner_id, organisations.trait_key(text) AS word
    FROM organisations.attribute_value v CROSS JOIN LATERAL unnest(v.words) AS text
    WHERE v.attribute_id IN (SELECT w.attribute_id FROM wanted w) AND (only_partner IS NULL OR v.partner_id = only_partner)
  ), met AS MATERIALIZED (
    SELECT w.n, w.k, own.partner_id FROM wanted w JOIN own ON own.attribute_id = w.attribute_id AND own.word = w.word
    UNION
    SELECT c.n, c.k, v.partner_id
    FROM condition c JOIN organisations.attribute_value v ON v.attribute_id = c.attribute_id
    WHERE c.asks <> 'attribute' AND (only_partner IS NULL OR v.partner_id = only_partner) AND CASE c.asks
      WHEN 'attribute-known' THEN true
      WHEN 'attribute-yes' THEN v.is_so
      WHEN 'attribute-number' THEN v.number BETWEEN c.from_number AND c.to_number
      WHEN 'attribute-date' THEN v.day BETWEEN c.from_day AND c.to_day
      WHEN 'certified' THEN coalesce(v.day, 'infinity') >= today + c.for_days
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
