-- How far each partner of a vendor has come, and what it did since a day. Row-level security of the caller applies:
-- a channel manager gets their own partners. Only facts that a vendor sees by name anyway: memberships, launches,
-- and leads while they are shared with it.
CREATE OR REPLACE FUNCTION insight.partner_facts(of_vendor uuid, from_day date)
RETURNS TABLE (partner_id uuid, name text, tier text, status text, invited_on text, joined_on text, left_on text,
  launched_on text, launches int, leads_shared int, has_shared_lead boolean, shows_totals boolean) LANGUAGE sql STABLE AS $$
  WITH member AS MATERIALIZED (
    SELECT DISTINCT ON (m.partner_id) m.partner_id, m.tier, m.status, m.invited_at, m.joined_at, m.ends_at, m.campaigns_end_at
    FROM organisations.membership m WHERE m.vendor_id = of_vendor
    ORDER BY m.partner_id, (m.status = 'ended'), m.joined_at NULLS LAST
  ), launched AS MATERIALIZED (
    SELECT a.partner_id, min(a.launched_at) AS first_at,
      count(*) FILTER (WHERE (a.launched_at AT TIME ZONE 'UTC')::date >= from_day)::int AS launches
    FROM activations.activation a WHERE a.vendor_id = of_vendor GROUP BY 1
  ), shared AS MATERIALIZED (
    SELECT d.partner_id, count(*) FILTER (WHERE (d.disclosed_at AT TIME ZONE 'UTC')::date >= from_day)::int AS leads
    FROM leads.disclosure d WHERE d.vendor_id = of_vendor AND d.revoked_at IS NULL GROUP BY 1
  )
  SELECT m.partner_id, o.name, m.tier, m.status, (m.invited_at AT TIME ZONE 'UTC')::date::text,
    (m.joined_at AT TIME ZONE 'UTC')::date::text,
    CASE WHEN m.status = 'ended' THEN (coalesce(m.ends_at, m.campaigns_end_at, m.joined_at, m.invited_at) AT TIME ZONE 'UTC')::date::text END,
    (l.first_at AT TIME ZONE 'UTC')::date::text, coalesce(l.launches, 0), coalesce(s.leads, 0), s.partner_id IS NOT NULL,
    EXISTS (SELECT FROM organisations.shared_totals t
      WHERE t.partner_id = m.partner_id AND t.vendor_id = of_vendor AND t.is_shared)
  FROM member m JOIN organisations.organisation o ON o.id = m.partner_id
    LEFT JOIN launched l ON l.partner_id = m.partner_id
    LEFT JOIN shared s ON s.partner_id = m.partner_id $$;
