#!/usr/bin/env node
/**
 * Speed of finding and doing due steps:
 * `npm run bench:schedule [-- --json] [--quick] [--claims | --sending | --recalls]`.
 * `--claims` measures the first figure only, `--sending` the others, `--recalls` the last one.
 *
 * - claimGrowth: time to claim 1,000 due steps among 10⁵, 10⁶ and 10⁷ pending ones (10⁴ and 10⁵
 *   with --quick): slowest median divided by the fastest.
 * - stepsPerSecond: whole steps by two schedulers: claim, ledger, release, mail, outcome.
 * - latenessP95Ms: from due to accepted, at half of that rate.
 * - redisGrowthBytes: maximum of Redis while that backlog waits, minus its size before.
 * - latenessSmallPartnerP95Ms: lateness of a partner with a few dozen due steps, while another
 *   has 500,000 waiting (50,000 with --quick).
 * - entryIdle, entryBesideBacklog: from a prospect who sends the form of a page to the accepted
 *   follow-up, alone, and while another partner has that backlog.
 * - recallsRatio: whole steps a second with the question whether they are recalled, divided by
 *   those of schedulers without it, in turns.
 */
import '../support/typescript.mjs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { buildServer } from '../../scripts/setup.mjs';
import { median, percentile } from './cpu.mjs';
import { entryLateness, WAYS_IN } from './entry-figures.mjs';
import { providePostfix, startSink } from './postfix.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    claims: { type: 'boolean', default: false },
    sending: { type: 'boolean', default: false },
    recalls: { type: 'boolean', default: false },
  },
});
const SIZES = options.quick ? [10_000, 100_000] : [100_000, 1_000_000, 10_000_000];
const SUSTAINED = options.quick ? 1_500 : 4_000;
const BACKLOG = options.quick ? 50_000 : 500_000;
const SECONDS = options.quick ? 10 : 20;
const PARTNERS = 100;
const CLAIM = 1_000;
const ROUNDS = 7;

const say = (line) => process.stdout.write(`${line}\n`);

async function claimTimes(size) {
  const { createTestDatabase } = await import('../support/database.ts');
  const { openQueue } = await import('./due-queue.ts');
  const test = await createTestDatabase();
  const { queue, owner, inTransaction, close } = await openQueue(test);
  // An error of stopping a server must not hide the original error.
  owner.on('error', () => undefined);
  await owner.query("SET session_replication_role = 'replica'");
  await owner.query(
    `INSERT INTO sequences.due (enrolment_id, partner_id, due_at)
     SELECT uuidv7(), md5('partner ' || n % $1)::uuid, now() + interval '1 day' + n * interval '1 millisecond' FROM generate_series(1, $2::int) n`,
    [PARTNERS, size],
  );
  await owner.query(
    `INSERT INTO sequences.partner_queue (partner_id, next_due, last_served) SELECT partner_id, min(due_at), '-infinity' FROM sequences.due GROUP BY 1`,
  );
  await owner.query('VACUUM ANALYZE sequences.due');
  // Writes out the dirty pages of filling the table, so that they do not fall into the
  // measurement.
  // Ten million rows leave a hundred times as many.
  await owner.query('CHECKPOINT');
  const times = [];
  for (let round = 0; round <= ROUNDS; round++) {
    await owner.query(
      `WITH chosen AS (SELECT md5('partner ' || n)::uuid AS id FROM generate_series(0, 19) n),
         early AS (SELECT d.enrolment_id FROM chosen s CROSS JOIN LATERAL (
           SELECT enrolment_id FROM sequences.due WHERE partner_id = s.id ORDER BY due_at DESC LIMIT 50) d),
         moved AS (UPDATE sequences.due d SET due_at = now() - interval '1 second' FROM early e WHERE d.enrolment_id = e.enrolment_id)
       UPDATE sequences.partner_queue q SET next_due = now() - interval '1 second' FROM chosen s WHERE q.partner_id = s.id`,
    );
    const began = performance.now();
    const { due: claimed } = await inTransaction(() => queue.claim(new Date(), CLAIM));
    const ms = performance.now() - began;
    if (claimed.length !== Math.min(CLAIM, 20 * 50)) throw new Error(`Claimed ${claimed.length} of ${CLAIM}.`);
    // The first round warms caches and plans.
    if (round > 0) times.push(ms);
    await owner.query(
      `INSERT INTO sequences.due (enrolment_id, partner_id, due_at) SELECT e, p, now() + interval '2 days' FROM unnest($1::uuid[], $2::uuid[]) c (e, p)`,
      [claimed.map(({ enrolmentId }) => enrolmentId), claimed.map(({ partnerId }) => partnerId)],
    );
  }
  await close();
  await test.drop();
  say(
    `  ${CLAIM} due of ${size} pending: ${median(times).toFixed(1)} ms (${Math.round(CLAIM / (median(times) / 1000))}/s)`,
  );
  return median(times);
}

const settledOf = async (site, ids) =>
  (
    await site.api.asOwner(
      `SELECT count(*)::int AS n FROM delivery.message WHERE activation_id = ANY ($1) AND settled_at IS NOT NULL`,
      [ids],
    )
  )[0].n;

async function untilEnrolled(site, id) {
  for (;;) {
    const [{ at }] = await site.api.asOwner('SELECT enrolled_at AS at FROM activations.activation WHERE id = $1', [id]);
    if (at !== null) return;
    await pause(100);
  }
}

/** Makes the waiting steps of an activation due evenly over some seconds from a moment on. */
const spread = (site, id, from, seconds) =>
  site.api.asOwner(
    `WITH numbered AS (SELECT id, $2::timestamptz + row_number() OVER (ORDER BY id) * ($3::float8 / count(*) OVER ()) * interval '1 second' AS at
                       FROM sequences.enrolment WHERE activation_id = $1),
       moved AS (UPDATE sequences.enrolment e SET due_at = n.at FROM numbered n WHERE e.id = n.id RETURNING e.id, e.partner_id, e.due_at),
       queued AS (UPDATE sequences.due d SET due_at = m.due_at FROM moved m WHERE d.enrolment_id = m.id)
     UPDATE sequences.partner_queue q SET next_due = least(q.next_due, $2) WHERE q.partner_id IN (SELECT partner_id FROM moved)`,
    [id, from, seconds],
  );

async function latenessP95(site, id) {
  const rows = await site.api.asOwner(
    `SELECT extract(epoch FROM settled_at - due_at)::float8 * 1000 AS ms FROM delivery.message WHERE activation_id = $1 AND state = 'accepted'`,
    [id],
  );
  return Math.round(
    percentile(
      rows.map(({ ms }) => ms),
      0.95,
    ),
  );
}

const inAnHour = () => new Date(Date.now() + 60 * 60_000);

async function evenly(site, partner, count) {
  const id = await site.launch(partner, count, inAnHour());
  await untilEnrolled(site, id);
  await spread(site, id, new Date(Date.now() + 500), SECONDS);
  return id;
}

/** Bytes that Redis uses for its data. */
const heldBy = async (redis) => Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);

/** Growth of the time to find due steps, by the number of pending ones. */
async function claimFigures() {
  const claims = [];
  for (const size of SIZES) claims.push(await claimTimes(size));
  return {
    claimMs: Object.fromEntries(SIZES.map((size, at) => [size, Number(claims[at].toFixed(1))])),
    claimGrowth: Number((Math.max(...claims) / Math.min(...claims)).toFixed(2)),
  };
}

/** Steps that are due at once, by two schedulers. @returns whole steps per second. */
async function sustainedRate(site, partner) {
  const sustained = await site.launch(partner, SUSTAINED, inAnHour());
  await untilEnrolled(site, sustained);
  const dueAt = new Date(Date.now() + 200);
  await spread(site, sustained, dueAt, 0);
  while ((await settledOf(site, [sustained])) < SUSTAINED) await pause(50);
  return SUSTAINED / ((Date.now() - dueAt.getTime()) / 1000);
}

/** A few contacts of one partner, and people who enter by its form, while another has a backlog. */
async function besideBacklog(site, big, small, entries) {
  const redis = new Redis(site.redis.url);
  const heldBefore = await heldBy(redis);
  let heldMost = heldBefore;
  const backlog = await site.launch(big, BACKLOG, inAnHour());
  await untilEnrolled(site, backlog);
  await spread(site, backlog, new Date(), 0);
  await pause(2_000);
  const few = await evenly(site, small, SECONDS * 4);
  while ((await settledOf(site, [few])) < SECONDS * 4) {
    heldMost = Math.max(heldMost, await heldBy(redis));
    await pause(100);
  }
  redis.disconnect();
  const entryBesideBacklog = await entries();
  const [{ left }] = await site.api.asOwner(
    'SELECT count(*)::int AS left FROM sequences.due WHERE partner_id = $1 AND due_at <= now()',
    [big.id],
  );
  return {
    latenessSmallPartnerP95Ms: await latenessP95(site, few),
    redisGrowthBytes: heldMost - heldBefore,
    entryBesideBacklog,
    stillDueAfterwards: left,
  };
}

async function sendingFigures(site) {
  const environment = { SEND_CONCURRENCY: '20', DATABASE_POOL: '20' };
  const [big, small] = [await site.aPartner('Brightwater IT'), await site.aPartner('Quayside IT')];
  await site.startScheduler('scheduler-1', environment);
  await site.startScheduler('scheduler-2', environment);
  const stepsPerSecond = await sustainedRate(site, big);
  say(`  ${stepsPerSecond.toFixed(0)} whole steps a second`);

  const half = Math.floor((stepsPerSecond / 2) * SECONDS);
  const evenlyDue = await evenly(site, big, half);
  while ((await settledOf(site, [evenlyDue])) < half) await pause(100);
  const latenessP95Ms = await latenessP95(site, evenlyDue);
  say(`  lateness, p95, at half of that: ${latenessP95Ms} ms`);

  const { url: apiUrl } = await site.startApi('api-1');
  const entered = await site.launch(small, 1);
  const entries = () => entryLateness(site, small, entered, { apiUrl, count: SECONDS * 4 });
  const entryIdle = await entries();
  say(`  form to follow-up: ${JSON.stringify(entryIdle)}`);

  say(`  ${BACKLOG} people for the big partner …`);
  return {
    stepsPerSecond: Math.round(stepsPerSecond),
    latenessP95Ms,
    entryIdle,
    ...(await besideBacklog(site, big, small, entries)),
  };
}

/** Rounds of each arm, in turns: the machine may become slower. */
const TURNS = 3;

async function recallFigures(site) {
  const partner = await site.aPartner('Brightwater IT');
  const without = { NODE_OPTIONS: `--import=${new URL('without-recalls.mjs', import.meta.url)}` };
  const rates = { asked: [], without: [] };
  for (let turn = 0; turn < 2 * TURNS; turn++) {
    // asked, without, without, asked, …
    const arm = (turn + 1) % 4 < 2 ? 'asked' : 'without';
    const environment = { SEND_CONCURRENCY: '20', DATABASE_POOL: '20', ...(arm === 'asked' ? {} : without) };
    const schedulers = [];
    for (const name of ['scheduler-1', 'scheduler-2']) schedulers.push(await site.startScheduler(name, environment));
    rates[arm].push(await sustainedRate(site, partner));
    say(`  ${arm}: ${rates[arm].at(-1).toFixed(0)} whole steps a second`);
    for (const scheduler of schedulers) await scheduler.end('SIGTERM');
  }
  return { recallsRatio: Number((median(rates.asked) / median(rates.without)).toFixed(3)) };
}

async function main() {
  providePostfix();
  await buildServer();
  const { SendingSite } = await import('../support/sending-site.ts');
  const sink = await startSink();
  const site = await SendingSite.open(sink.url, WAYS_IN);
  try {
    const result = options.recalls
      ? await recallFigures(site)
      : {
          ...(options.sending ? {} : await claimFigures()),
          ...(options.claims ? {} : await sendingFigures(site)),
        };
    const goals = { claimGrowth: 1.5, latenessP95Ms: 1000, latenessSmallPartnerP95Ms: 1000 };
    for (const [name, value] of Object.entries(result))
      if (name !== 'claimMs')
        say(`${name} ${JSON.stringify(value)}${name in goals ? ` (at most ${goals[name]})` : ''}`);
    if (options.json) say(JSON.stringify(result));
  } finally {
    await site.close();
    sink.stop();
  }
}

await main();
process.exit(0);
