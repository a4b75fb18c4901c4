import type { Scale } from './portal-crowd.js';
import { id, type Statement } from './portal-rows.js';

/** The measured partner has a tenth of all deals. */
const SHARE_OF_ONE = 10;
const COSTS = { vendor: 2_000, partner: 500 } as const;

/**
 * Deals of people who clicked, their changes, and costs. A person with a lead has a deal of the lead's state; the other
 * deals were imported from a file. Most partners let their deals count in sums, one in ten shows its totals.
 */
export function dealsAndCosts({ deals }: Scale): Statement[] {
  const stage = `CASE status WHEN 'working' THEN 'proposal' WHEN 'won' THEN 'won' WHEN 'lost' THEN 'lost'
    ELSE (ARRAY['won', 'won', 'lost', 'negotiation', 'qualified'])[1 + lot % 5] END`;
  return [
    [
      'whose deals count, and who shows its totals',
      `WITH member AS (SELECT m.partner_id, m.vendor_id, row_number() OVER (ORDER BY m.partner_id) AS n
         FROM organisations.membership m, mine WHERE m.vendor_id = mine.vendor_id AND m.status = 'active'),
       shown AS (
         INSERT INTO organisations.shared_totals (partner_id, vendor_id, is_shared, changed_by, changed_at)
         SELECT partner_id, vendor_id, true, 'Test', now() - interval '90 days' FROM member WHERE n % 10 = 0 ON CONFLICT DO NOTHING)
       INSERT INTO organisations.counted_deals (partner_id, vendor_id, is_counted, since_on, changed_by, changed_at)
       SELECT partner_id, vendor_id, true, current_date - 90, 'Test', now() - interval '90 days' FROM member WHERE n % 4 <> 1 ON CONFLICT DO NOTHING`,
    ],
    ['', 'ANALYZE engagement.interaction, leads.lead'],
    [
      `${deals} deals`,
      `CREATE TEMP TABLE closing AS
       SELECT row_number() OVER (ORDER BY at, place) AS n, c.*, ${stage} AS stage, 10000 + lot * 7919 % 2000000 AS amount,
         CASE WHEN is_mine THEN 'GBP' WHEN right(partner_id::text, 1) < '3' THEN 'USD' ELSE 'EUR' END AS currency,
         least(now(), at + lot % 30 * interval '1 day') AS changed_at
       FROM (SELECT k.*, ('x' || left(md5(k.contact_id::text), 4))::bit(16)::int AS lot,
           row_number() OVER (PARTITION BY is_mine ORDER BY k.lead_id NULLS LAST, md5(k.contact_id::text)) AS place
         FROM (SELECT t.activation_id, t.contact_id, t.partner_id, t.partner_id = (SELECT partner_id FROM mine) AS is_mine, l.id AS lead_id, l.status, min(t.at) AS at
           FROM engagement.interaction t LEFT JOIN leads.lead l ON l.activation_id = t.activation_id AND l.contact_id = t.contact_id
           WHERE t.kind = 'click' AND t.verdict = 'human' AND t.id < ${id('interaction', '(1::bigint << 40)')}
             AND (l.id IS NULL OR l.id < ${id('lead', '(1::bigint << 47)')} AND l.status IN ('working', 'won', 'lost')) GROUP BY 1, 2, 3, 4, 5, 6) k) c
       WHERE place <= CASE WHEN is_mine THEN ${deals / SHARE_OF_ONE} ELSE ${deals - deals / SHARE_OF_ONE} END`,
    ],
    [
      '',
      `INSERT INTO leads.deal (id, partner_id, lead_id, contact_id, activation_id, external_id, stage, amount_minor, currency, refunded_minor, expected_on, closed_on, lost_reason, created_at, updated_at)
       SELECT ${id('deal', 'n')}, partner_id, lead_id, contact_id, activation_id, 'BENCH-' || n, stage, amount, currency, CASE WHEN stage = 'won' AND lot % 100 = 0 THEN amount / 4 ELSE 0 END,
         (at + interval '30 days')::date, CASE WHEN stage IN ('won', 'lost') THEN changed_at::date END, CASE stage WHEN 'lost' THEN 'price' END, at, changed_at FROM closing`,
    ],
    [
      'each change of a deal',
      `INSERT INTO leads.deal_event (id, deal_id, partner_id, kind, stage, amount_minor, currency, refunded_minor, expected_on, closed_on, lost_reason, by_name, at)
       SELECT ${id('dealEvent', 'n * 2')}, ${id('deal', 'n')}, partner_id, 'stage', 'qualified', NULL, NULL, 0, NULL, NULL, NULL, 'Test', at FROM closing
       UNION ALL SELECT ${id('dealEvent', 'n * 2 + 1')}, d.id, d.partner_id, 'stage', d.stage, d.amount_minor, d.currency, d.refunded_minor, d.expected_on, d.closed_on, d.lost_reason, 'Test', d.updated_at
       FROM closing c JOIN leads.deal d ON d.id = ${id('deal', 'c.n')} WHERE c.stage <> 'qualified'`,
    ],
    ...(['vendor', 'partner'] as const).map((side, at): Statement => [
      `costs of the ${side}`,
      `INSERT INTO insight.cost (id, owner_id, description, amount_minor, currency, from_on, to_on, campaign_id, tactic, reference, by_name, created_at, updated_at)
       SELECT ${id('cost', `${at} * 100000 + n`)}, ${side}_id, 'Invoice ' || n, 10000 + n * 7919 % 300000, ${side === 'vendor' ? `'EUR'` : `'GBP'`}, current_date - 20 - n % 60, current_date - n % 20,
         (SELECT campaign_id FROM run WHERE number = n % 20), (ARRAY['email', 'landing-page', 'social', NULL])[1 + n % 4], 'I-' || n, 'Test', now(), now()
       FROM mine, generate_series(1, ${COSTS[side]}) n`,
    ]),
  ];
}
