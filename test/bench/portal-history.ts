import pg from 'pg';
import type { Crowd, Scale } from './portal-crowd.js';
import { dealsAndCosts } from './portal-deals.js';
import { ID, id, type Statement } from './portal-rows.js';

/** Launches of other partners per statement. */
const TOGETHER = 500;
const READERS_OF_OTHERS = 100;

/**
 * A row like `row`, except for some columns.
 * Columns of later migrations have the values that the product wrote.
 */
const like = (table: string, row: string, changes: string): string =>
  `SELECT (jsonb_populate_record(NULL::${table}, to_jsonb(${row}) || ${changes})).*`;

/**
 * Writes two months of history beside the data of the product: other partners,
 * their contacts, bounces and complaints. It writes in sets, past triggers and
 * foreign keys, so that hours of sending take minutes. Counters of triggers are
 * filled by the rules of the migrations, and all foreign keys are checked at
 * the end. Receipts and baked masters exist only for launches of the product,
 * because no list reads them. All in one transaction.
 * @throws Error naming a foreign key that is violated.
 */
export async function writeHistory(
  ownerUrl: string,
  scale: Scale,
  crowd: Crowd,
  say: (line: string) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (const sql of ['SET synchronous_commit = off', "SET work_mem = '256MB'", ID]) await client.query(sql);
    await client.query(
      `CREATE TEMP TABLE mine AS SELECT o.id AS partner_id, m.vendor_id FROM organisations.organisation o
       JOIN organisations.membership m ON m.partner_id = o.id WHERE o.name = 'Brightwater IT'`,
    );
    const run = async ([title, sql, parameters = []]: Statement): Promise<void> => {
      say(title);
      await client.query(sql, [...parameters]);
    };
    await client.query('BEGIN');
    for (const statement of partners(scale)) await run(statement);
    await client.query("SET session_replication_role = 'replica'");
    for (const statement of launches(scale, crowd)) await run(statement);
    const ranges = [...scale.launches.keys()].map((at) => [at, at] as const);
    for (let from = 1_000; from < 1_000 + scale.otherLaunches; from += TOGETHER)
      ranges.push([from, from + TOGETHER - 1]);
    for (const [from, to] of ranges) for (const statement of sending(from, to)) await run(statement);
    for (const statement of [...returns(), ...dealsAndCosts(scale), ...desks(scale)]) await run(statement);
    await client.query("SET session_replication_role = 'origin'");
    for (const statement of numbers()) await run(statement);
    await client.query('COMMIT');
    say('every foreign key, looked at');
    await checkForeignKeys(client);
    say('counting it all for the planner');
    await client.query('VACUUM (ANALYZE)');
  } finally {
    await client.end();
  }
}

function partners({ partners: count }: Scale): Statement[] {
  const seq = `generate_series(1, ${count}) n`;
  const status = `CASE WHEN n % 20 = 7 THEN 'ended' WHEN n % 10 = 3 THEN 'invited' ELSE 'active' END`;
  return [
    [
      `${count} partners`,
      `INSERT INTO organisations.organisation ${like(
        'organisations.organisation',
        's',
        `jsonb_build_object('id', ${id('organisation', 'n')}, 'name', (ARRAY['Harbour', 'Alpine', 'Delta', 'Nordic', 'Summit', 'Urban'])[1 + n % 6] || ' Systems ' || n,
           'slug', 'partner-' || n, 'country_code', (ARRAY['GB', 'DE', 'FR', 'US', 'AT'])[1 + n % 5])`,
      )} FROM organisations.organisation s, ${seq} WHERE s.id = (SELECT partner_id FROM mine)`,
    ],
    [
      'their memberships',
      `CREATE TEMP TABLE member AS ${like(
        'organisations.membership',
        's',
        `jsonb_build_object('id', ${id('membership', 'n')}, 'partner_id', ${id('organisation', 'n')}, 'tier', (ARRAY['gold', 'silver', 'registered'])[1 + n % 3],
           'region', (ARRAY['emea', 'americas', 'apac'])[1 + n % 3], 'external_id', 'CRM-' || n, 'status', ${status}, 'joined_at', CASE WHEN ${status} = 'invited' THEN NULL ELSE s.joined_at END)`,
      )} FROM organisations.membership s, ${seq} WHERE s.partner_id = (SELECT partner_id FROM mine)`,
    ],
    // Some of its columns are generated, and can't be written.
    [
      '',
      `DO $$ BEGIN EXECUTE (SELECT format('INSERT INTO organisations.membership (%1$s) SELECT %1$s FROM member', string_agg(quote_ident(column_name), ', '))
         FROM information_schema.columns WHERE table_schema = 'organisations' AND table_name = 'membership' AND is_generated = 'NEVER'); END $$`,
    ],
    [
      'their brands',
      `WITH profile AS (INSERT INTO brand.brand_profile ${like(
        'brand.brand_profile',
        's',
        `jsonb_build_object('partner_id', ${id('organisation', 'n')}, 'logo_id', NULL)`,
      )} FROM brand.brand_profile s, ${seq} WHERE s.partner_id = (SELECT partner_id FROM mine) AND n % 10 <> 3)
       INSERT INTO insight.brand_completion (partner_id, completed_at) SELECT ${id('organisation', 'n')}, now() - n % 90 * interval '1 day' FROM ${seq} WHERE n % 4 > 0`,
    ],
    [
      'their lists',
      `INSERT INTO contacts.contact_list ${like(
        'contacts.contact_list',
        's',
        `jsonb_build_object('id', ${id('list', 'n')}, 'partner_id', ${id('organisation', 'n')}, 'size', 0)`,
      )} FROM contacts.contact_list s, ${seq} WHERE s.partner_id = (SELECT partner_id FROM mine) AND s.is_default`,
    ],
    [
      'their contacts',
      `INSERT INTO contacts.contact (id, partner_id, email, email_normalised, first_name, last_name, company, country, created_at, updated_at)
       SELECT ${id('contact', 'n * 1000 + r')}, ${id('organisation', 'n')}, 'reader' || r || '@partner' || n || '.example', 'reader' || r || '@partner' || n || '.example',
         'Reader', 'Number ' || r, 'Company ' || r, 'GB', now() - interval '90 days', now() - interval '90 days'
       FROM ${seq}, generate_series(0, ${READERS_OF_OTHERS - 1}) r`,
    ],
    [
      'their consent',
      `INSERT INTO contacts.consent_record (id, partner_id, contact_id, basis, source, recorded_at)
       SELECT ${id('consent', 'n * 1000 + r')}, ${id('organisation', 'n')}, ${id('contact', 'n * 1000 + r')}, 'customer', 'staff', now() - interval '90 days'
       FROM ${seq}, generate_series(0, ${READERS_OF_OTHERS - 1}) r`,
    ],
    [
      'who is on which list',
      `INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at)
       SELECT ${id('list', 'n')}, ${id('contact', 'n * 1000 + r')}, ${id('organisation', 'n')}, now() - interval '90 days'
       FROM ${seq}, generate_series(0, ${READERS_OF_OTHERS - 1}) r`,
    ],
  ];
}

/**
 * Rows of `run`: one per launch, with its contacts.
 * Those of the measured partner are numbered from 0, the others from 1,000.
 */
function launches(
  { launches: own, otherLaunches, partners: count }: Scale,
  { activationIds, steps }: Crowd,
): Statement[] {
  return [
    [
      'contacts that the launches reached',
      `CREATE TEMP TABLE reader AS SELECT row_number() OVER (ORDER BY id)::int - 1 AS n, id FROM contacts.contact WHERE partner_id = (SELECT partner_id FROM mine)`,
    ],
    ['', 'CREATE UNIQUE INDEX ON reader (n)'],
    ['', 'CREATE TEMP TABLE step (campaign_id uuid, s int, step_key text, email_key text, steps int)'],
    [
      '',
      `INSERT INTO step SELECT c, row_number() OVER (PARTITION BY c ORDER BY at), k, e, count(*) OVER (PARTITION BY c)
       FROM (SELECT DISTINCT ON (c, k) * FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY y (c, k, e, at) ORDER BY c, k, at) x`,
      [steps.map((one) => one.campaignId), steps.map((one) => one.stepKey), steps.map((one) => one.emailKey)],
    ],
    [
      'the measured partner’s launches, as begun in the past',
      `CREATE TEMP TABLE run AS
       SELECT (x.at - 1)::int AS number, a.id, a.partner_id, a.campaign_id, x.readers, now() - (10 + x.at * 2) * interval '1 day' AS began, x.at % 3 = 1 AS is_active, true AS is_mine, 0 AS partner
       FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY x (id, readers, at) JOIN activations.activation a ON a.id = x.id`,
      [activationIds, own],
    ],
    [
      '',
      `UPDATE activations.activation a SET launched_at = r.began, start_at = r.began, enrolled_at = r.began, status = CASE WHEN r.is_active THEN 'active' ELSE 'completed' END,
         ended_at = CASE WHEN r.is_active THEN NULL ELSE r.began + interval '30 days' END FROM run r WHERE r.id = a.id`,
    ],
    [
      `${otherLaunches} launches of the others`,
      `WITH made AS (
         SELECT n, ${id('activation', 'n')} AS activation_id, p.partner, ${id('organisation', 'p.partner')} AS partner_id, c.id AS campaign_id, v.id AS version_id, now() - (5 + n % 80) * interval '1 day' AS began, n % 4 = 0 AS is_active
         FROM generate_series(1000, ${999 + otherLaunches}) n,
           LATERAL (SELECT 1 + (n * 7) % ${count} / 10 * 10 + n % 2 AS partner) p,
           LATERAL (SELECT campaign_id AS id FROM step WHERE s = 1 ORDER BY 1 OFFSET (n + n / ${count} * 17) % (SELECT count(*) FROM step WHERE s = 1) LIMIT 1) c,
           LATERAL (SELECT id FROM campaigns.campaign_version WHERE campaign_id = c.id AND published_at IS NOT NULL ORDER BY number DESC LIMIT 1) v),
       written AS (
         INSERT INTO activations.activation ${like(
           'activations.activation',
           's',
           `jsonb_build_object('id', activation_id, 'partner_id', made.partner_id, 'campaign_id', made.campaign_id, 'version_id', made.version_id, 'slug', 'bench-' || n,
              'idempotency_key', 'bench-portal-' || n, 'launched_at', began, 'start_at', began, 'enrolled_at', began,
              'status', CASE WHEN is_active THEN 'active' ELSE 'completed' END, 'ended_at', CASE WHEN is_active THEN NULL ELSE began + interval '30 days' END)`,
         )} FROM made, (SELECT * FROM activations.activation WHERE id = (SELECT id FROM run LIMIT 1)) s)
       INSERT INTO run SELECT n, activation_id, partner_id, campaign_id, ${READERS_OF_OTHERS}, began, is_active, false, partner FROM made`,
    ],
    ['', 'DELETE FROM activations.activation_list l USING run r WHERE r.id = l.activation_id'],
    [
      'the default list of each launch',
      `INSERT INTO activations.activation_list (activation_id, partner_id, list_id, role)
       SELECT r.id, r.partner_id, l.id, 'include' FROM run r JOIN contacts.contact_list l ON l.partner_id = r.partner_id AND l.is_default`,
    ],
    [
      'where their links lead',
      `INSERT INTO engagement.link_target (activation_id, partner_id, number, name, url)
       SELECT r.id, r.partner_id, t.number, t.name, t.url FROM run r, engagement.link_target t WHERE NOT r.is_mine AND t.activation_id = (SELECT id FROM run WHERE number = 0)`,
    ],
  ];
}

/**
 * Enrolments of some launches, their messages and outcomes.
 * The last step of running launches is in the future.
 */
function sending(from: number, to: number): Statement[] {
  const people = `SELECT r.id AS activation_id, r.partner_id, r.campaign_id, r.began, r.is_active AND at % 2 = 0 AS waits, r.number * 1000000::bigint + at AS n,
      CASE WHEN r.is_mine THEN (SELECT id FROM reader WHERE n = (r.number * 7919 + at) % (SELECT count(*) FROM reader)) ELSE ${id('contact', 'r.partner * 1000 + at')} END AS contact_id
    FROM run r, generate_series(0, r.readers - 1) at WHERE r.number BETWEEN ${from} AND ${to}`;
  const steps = `SELECT e.activation_id, e.partner_id, e.contact_id, e.id AS enrolment_id, s.step_key, s.email_key, e.number * 16 + s.s AS n,
      e.enrolled_at + s.s * interval '4 days' + e.number % 1200 * interval '1 minute' AS at, (e.number * 31 + s.s * 17) % 100 AS lot
    FROM sent_to e JOIN step s ON s.campaign_id = e.campaign_id AND (s.s < s.steps OR e.state = 'completed')`;
  const state = `CASE WHEN lot = 0 THEN 'bounced' WHEN lot < 3 THEN 'skipped' WHEN lot = 3 THEN 'failed' WHEN lot < 60 THEN 'delivered' ELSE 'accepted' END`;
  const reason = `CASE WHEN lot = 0 THEN 'bounced-hard' WHEN lot = 1 THEN 'consent-unknown' WHEN lot = 2 THEN 'unsubscribed' WHEN lot = 3 THEN 'rejected-by-relay' ELSE 'sent' END`;
  return [
    [
      from < 1_000 ? `launch ${from + 1}` : `launches ${from} to ${to}`,
      `CREATE TEMP TABLE sent_to ON COMMIT PRESERVE ROWS AS
       SELECT ${id('enrolment', 'p.n')} AS id, p.n AS number, p.activation_id, p.partner_id, p.campaign_id, p.contact_id, p.began AS enrolled_at, CASE WHEN p.waits THEN 'waiting' ELSE 'completed' END AS state
       FROM (${people}) p WHERE NOT EXISTS (SELECT FROM sequences.enrolment e WHERE e.activation_id = p.activation_id AND e.contact_id = p.contact_id)`,
    ],
    [
      '',
      `INSERT INTO sequences.enrolment (id, activation_id, partner_id, contact_id, locale, time_zone, time_zone_source, state, step_key, due_at, since, enrolled_at)
       SELECT e.id, e.activation_id, e.partner_id, e.contact_id, 'en', 'Europe/London', 'country', e.state, CASE WHEN e.state = 'waiting' THEN s.step_key END,
         CASE WHEN e.state = 'waiting' THEN now() + interval '2 years' END, e.enrolled_at, e.enrolled_at
       FROM sent_to e JOIN step s ON s.campaign_id = e.campaign_id AND s.s = s.steps`,
    ],
    [
      '',
      `INSERT INTO sequences.due (enrolment_id, partner_id, due_at) SELECT id, partner_id, now() + interval '2 years' FROM sent_to WHERE state = 'waiting'`,
    ],
    [
      '',
      `INSERT INTO delivery.message (id, partner_id, vendor_id, activation_id, enrolment_id, contact_id, step_key, occurrence, email_key, state, reason, smtp_code, attempt, planned_at, due_at, settled_at,
         consent_basis, consent_rules, final_hash)
       SELECT ${id('message', 'n')}, partner_id, (SELECT vendor_id FROM mine), activation_id, enrolment_id, contact_id, step_key, 1, email_key, ${state}, ${reason}, CASE WHEN lot > 3 OR lot = 0 THEN 250 END, 1, at, at, at,
         'customer', 2, encode(sha256(n::text::bytea), 'hex') FROM (${steps}) x`,
    ],
    [
      '',
      `INSERT INTO sequences.step_execution (enrolment_id, step_key, occurrence, activation_id, partner_id, contact_id, message_id, outcome, reason, decided_at)
       SELECT enrolment_id, step_key, 1, activation_id, partner_id, contact_id, ${id('message', 'n')}, CASE WHEN lot IN (1, 2) THEN 'skipped' WHEN lot = 3 THEN 'failed' ELSE 'sent' END, ${reason}, at FROM (${steps}) x`,
    ],
    ['', 'DROP TABLE sent_to'],
  ];
}

/** Clicks by people and machines, unsubscribes, bounces, leads. */
function returns(): Statement[] {
  const old = `m.id < ${id('message', '(1::bigint << 47)')}`;
  return [
    [
      'clicks, and people who left',
      `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, message_id, contact_id, step_key, variant, kind, link_name, verdict, why, at)
       SELECT ${id('interaction', 'row_number() OVER (ORDER BY m.settled_at)')}, m.partner_id, m.vendor_id, m.activation_id, m.id, m.contact_id, m.step_key, m.variant, x.kind,
         CASE x.kind WHEN 'click' THEN (SELECT min(name) FROM engagement.link_target WHERE activation_id = m.activation_id) END,
         CASE x.kind WHEN 'click' THEN CASE WHEN lot < 12 THEN 'human' ELSE 'machine' END END, CASE x.kind WHEN 'click' THEN 'bench' END, m.settled_at + interval '2 hours'
       FROM (SELECT m.*, ('x' || substr(md5(m.id::text), 1, 4))::bit(16)::int % 200 AS lot FROM delivery.message m WHERE ${old} AND m.state IN ('accepted', 'delivered')) m,
         LATERAL (SELECT CASE WHEN lot < 16 THEN 'click' WHEN lot = 16 THEN 'unsubscribe' END AS kind) x WHERE x.kind IS NOT NULL`,
    ],
    [
      'bounces',
      `INSERT INTO delivery.message_event (id, source, source_id, message_id, partner_id, kind, why, status, excerpt, at)
       SELECT ${id('returned', 'row_number() OVER (ORDER BY m.settled_at)')}, 'smtp', m.id::text, m.id, m.partner_id, 'hard', 'bench', '5.1.1', 'User unknown', m.settled_at + interval '1 minute'
       FROM delivery.message m WHERE ${old} AND m.state = 'bounced'`,
    ],
    [
      'leads',
      `WITH who AS (
         SELECT DISTINCT ON (activation_id, contact_id) activation_id, contact_id, partner_id, at FROM engagement.interaction WHERE kind = 'click' AND verdict = 'human' AND right(md5(id::text), 2) < '0a'),
       numbered AS (SELECT w.*, row_number() OVER (ORDER BY at) AS n, (ARRAY['new', 'accepted', 'working', 'won', 'lost'])[1 + (row_number() OVER (ORDER BY at)) % 5] AS status FROM who w),
       made AS (
         INSERT INTO leads.lead (id, partner_id, contact_id, activation_id, source, status, message, created_at, updated_at, requested_at)
         SELECT ${id('lead', 'n')}, partner_id, contact_id, activation_id, 'form', status, 'Please call me about the offer.', at, at, at FROM numbered),
       told AS (
         INSERT INTO leads.lead_event (id, lead_id, partner_id, status, by_name, at) SELECT ${id('leadEvent', 'n')}, ${id('lead', 'n')}, partner_id, 'new', 'form', at FROM numbered)
       INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, contact_id, kind, at)
       SELECT ${id('interaction', '(1::bigint << 40) + n')}, partner_id, (SELECT vendor_id FROM mine), activation_id, contact_id, 'lead', at FROM numbered
       UNION ALL SELECT ${id('interaction', '(1::bigint << 41) + n')}, partner_id, (SELECT vendor_id FROM mine), activation_id, contact_id, 'won', at FROM numbered WHERE status = 'won'`,
    ],
    [
      'leads that the vendor was told of',
      `INSERT INTO leads.disclosure (id, lead_id, contact_id, activation_id, partner_id, vendor_id, fields, purpose, person, disclosed_by, disclosed_at)
       SELECT ${id('disclosure', 'row_number() OVER (ORDER BY l.id)')}, l.id, l.contact_id, l.activation_id, l.partner_id, (SELECT vendor_id FROM mine), ARRAY['company'], 'Joint call',
         jsonb_build_object('company', 'Crowd'), 'Olivia Hart', l.created_at FROM leads.lead l WHERE l.status = 'working' AND l.id < ${id('lead', '(1::bigint << 47)')}`,
    ],
    [
      'what each batch of hand-overs came to',
      `INSERT INTO delivery.tally (partner_id, at, submitted, bounced)
       SELECT partner_id, date_trunc('minute', settled_at), count(*), count(*) FILTER (WHERE state = 'bounced') FROM delivery.message m WHERE ${old} AND state IN ('accepted', 'delivered', 'bounced') GROUP BY 1, 2`,
    ],
    [
      'whose turn it is next',
      `INSERT INTO sequences.partner_queue AS q (partner_id, next_due, last_served) SELECT partner_id, min(due_at), now() FROM sequences.due GROUP BY 1
       ON CONFLICT (partner_id) DO UPDATE SET next_due = excluded.next_due`,
    ],
  ];
}

/** Data for administrators: audit log, webhooks. */
function desks({ partners: count }: Scale): Statement[] {
  const entry = (side: 'vendor' | 'partner', organisation: string, n: string, source: string): string =>
    `INSERT INTO audit.entry (id, at, actor_kind, actor_name, ${side}_id, action, subject_kind, subject_id, details)
     SELECT ${id('audit', n)}, now() - interval '90 days' + (${n}) % 100000 * interval '1 minute', '${side}', 'Test', ${organisation}, (ARRAY['contact.changed', 'lead.accepted', 'campaign.published'])[1 + n % 3], 'contact', n::text, '{}'
     FROM ${source}`;
  return [
    [
      'audit entries of the measured partner',
      entry('partner', '(SELECT partner_id FROM mine)', 'n', 'generate_series(1, 200000) n'),
    ],
    [
      'audit entries of the vendor',
      entry('vendor', '(SELECT vendor_id FROM mine)', '1000000 + n', 'generate_series(1, 50000) n'),
    ],
    [
      'audit entries of the others',
      entry('partner', id('organisation', '1 + n % ' + String(count)), '2000000 + n', 'generate_series(1, 100000) n'),
    ],
    ...(['vendor', 'partner'] as const).flatMap((side, at): Statement[] => [
      [
        `webhooks of the ${side}`,
        `WITH endpoint AS (
           INSERT INTO webhooks.endpoint (id, organisation_id, url, event_types, secret, created_by, created_at, disabled_at, disabled_reason)
           SELECT ${id('endpoint', String(at))}, ${side}_id, 'https://hooks.example.com/', ARRAY['activation.launched'], '\\x00'::bytea, 'Test', now() - interval '60 days', now(), 'nobody listens here' FROM mine RETURNING *),
         told AS (
           INSERT INTO webhooks.event (id, organisation_id, audience, type, data, occurred_at, fanned_out_at)
           SELECT ${id('event', `${at} * 100000 + n`)}, ${side}_id, '${side}', 'activation.launched', '{}', now() - n * interval '1 second', now() FROM mine, generate_series(1, 20000) n RETURNING *)
         INSERT INTO webhooks.delivery (id, endpoint_id, event_id, organisation_id, position, cause, state, attempts, created_at, settled_at)
         SELECT gen_random_uuid(), e.id, t.id, t.organisation_id, t.position, 'event', CASE WHEN t.position % 10 = 0 THEN 'failed' ELSE 'delivered' END, 1, t.occurred_at, t.occurred_at FROM told t, endpoint e`,
      ],
    ]),
  ];
}

/** Counters of triggers, by the rules of the migrations. */
function numbers(): Statement[] {
  return [
    ['how far every activation is', 'TRUNCATE sequences.progress'],
    [
      '',
      `INSERT INTO sequences.progress (activation_id, partner_id, step_key, counted_as, n, first_at, is_folded)
       SELECT activation_id, partner_id, step_key, sequences.step_counted_as(outcome, reason), count(*), min(decided_at), true FROM sequences.step_execution GROUP BY 1, 2, 3, 4
       UNION ALL SELECT activation_id, partner_id, '', sequences.person_counted_as(state), count(*), NULL, true FROM sequences.enrolment GROUP BY 1, 2, 4`,
    ],
    [
      'the numbers of all days',
      `INSERT INTO insight.daily AS d (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
       SELECT activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, sum(n) FROM (
         SELECT m.activation_id, m.partner_id, m.vendor_id, m.step_key, coalesce(m.variant, '') AS variant, (m.settled_at AT TIME ZONE 'UTC')::date AS on_day, metric, count(*) AS n
         FROM delivery.message m, unnest(insight.message_metrics(m.state, m.reason)) metric WHERE m.id < ${id('message', '(1::bigint << 47)')} AND m.settled_at IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7
         UNION ALL
         SELECT t.activation_id, t.partner_id, t.vendor_id, coalesce(m.step_key, ''), coalesce(m.variant, ''), (t.at AT TIME ZONE 'UTC')::date, metric, count(*)
         FROM engagement.interaction t LEFT JOIN delivery.message m ON m.id = t.message_id, insight.interaction_metric(t.kind, t.verdict) metric
         WHERE t.id < ${id('interaction', '(1::bigint << 47)')} AND metric IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7
         UNION ALL
         SELECT d.activation_id, d.partner_id, (SELECT vendor_id FROM mine), '', '', d.closed_on, 'won', count(*) FROM leads.deal d WHERE d.stage = 'won' AND d.activation_id IS NOT NULL AND d.id < ${id('deal', '(1::bigint << 47)')} GROUP BY 1, 2, 3, 4, 5, 6, 7) counted
       GROUP BY 1, 2, 3, 4, 5, 6, 7 ON CONFLICT (activation_id, step_key, variant, on_day, metric) DO UPDATE SET n = d.n + excluded.n`,
    ],
  ];
}

/** Makes PostgreSQL check every row of every foreign key. */
async function checkForeignKeys(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ owner: string; name: string }>(
    `SELECT conrelid::regclass::text AS owner, conname AS name FROM pg_constraint
     WHERE contype = 'f' AND convalidated AND connamespace::regnamespace::text IN ('organisations', 'contacts', 'activations', 'sequences', 'delivery', 'engagement', 'leads', 'insight', 'webhooks', 'brand')`,
  );
  for (const { owner, name } of rows) {
    await client.query(`ALTER TABLE ${owner} ALTER CONSTRAINT "${name}" NOT ENFORCED`);
    await client.query(`ALTER TABLE ${owner} ALTER CONSTRAINT "${name}" ENFORCED`);
  }
}
