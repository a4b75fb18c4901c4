#!/usr/bin/env node
/**
 * What an update of running campaigns costs, and what others feel of it:
 * `npm run bench:update [-- --json] [--quick | --small]`.
 *
 * 2,000 activations with 500,000 contacts in flight (200 with 50,000 with --quick, 20 with 2,000
 * with --small), one scheduler that takes them over and sends for others at the same time.
 *
 * - planMs: the plan over all of them.
 * - takeOverSeconds, activationMs: until all are taken over, and for each.
 * - naiveRatio: how many times as long it would take to rewrite every contact as well.
 * - commitRatio: how many times as long one takes as a bare commit, which is the physical limit.
 * - latenessP95Ms: from due to accepted, of contacts of another campaign meanwhile;
 *   latenessAloneP95Ms: of as many without the update.
 * - growthMb: how much more memory the scheduler has at most in the second half than in the first. What V8
 *   keeps as its heap is there after some hundred activations.
 * - peakMb: the most that it has.
 */
import '../support/typescript.mjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildServer } from '../../scripts/setup.mjs';
import { median, percentile } from './cpu.mjs';
import { providePostfix, startSink } from './postfix.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
  },
});
const [ACTIVATIONS, CONTACTS_EACH] = options.small ? [20, 100] : options.quick ? [200, 250] : [2_000, 250];
/** Contacts of others that are due in a second. */
const OTHERS_PER_SECOND = 10;
const ALONE_SECONDS = options.small ? 5 : 20;
/** Activations whose contacts are rewritten, and bare commits. */
const SAMPLE = 20;
const DAY_MS = 86_400_000;

const say = (line) => process.stdout.write(`${line}\n`);

const first = [
  { key: 'a', email: 'welcome' },
  { key: 'before-b', wait: { days: 2 } },
  { key: 'b', email: 'proof' },
  { key: 'before-c', wait: { days: 2 } },
  { key: 'c', email: 'workshop' },
];
/** Without the second e-mail, and with another one at the end. */
const second = [
  first[0],
  first[1],
  first[3],
  first[4],
  { key: 'before-d', wait: { days: 2 } },
  { key: 'd', email: 'proof' },
];

/** Launches once, and copies the activation with contacts that wait for days. */
async function fill(site, partner) {
  const id = await site.launch(partner, 1, new Date(Date.now() + 20 * DAY_MS));
  await site.api.asOwner('UPDATE activations.activation SET enrolled_at = now() WHERE id = $1', [id]);
  await site.api.asOwner(
    `WITH copy AS (
       INSERT INTO activations.activation
       SELECT (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'slug', 'copy-' || n, 'idempotency_key', 'copy-' || n))).*
       FROM activations.activation a, generate_series(2, ${ACTIVATIONS}) n WHERE a.id = $1 RETURNING id, partner_id),
     enrolled AS (
       INSERT INTO sequences.enrolment (id, activation_id, partner_id, contact_id, locale, time_zone, time_zone_source, state, step_key,
         due_at, since, enrolled_at)
       SELECT gen_random_uuid(), copy.id, copy.partner_id, gen_random_uuid(), 'en', 'UTC', 'country', 'waiting',
         (ARRAY['before-b', 'before-c'])[1 + n % 2], now() + interval '30 days', now(), now()
       FROM copy, generate_series(1, ${CONTACTS_EACH}) n RETURNING id, partner_id, due_at)
     INSERT INTO sequences.due (enrolment_id, partner_id, due_at) SELECT id, partner_id, due_at FROM enrolled`,
    [id],
  );
  await site.api.asOwner('ANALYZE activations.activation, sequences.enrolment, sequences.due');
}

/** Contacts of another partner that become due one after the other. @returns the activation's id. */
async function othersFor(site, partner, versionId, seconds) {
  const listId = await site.aList(partner, Math.ceil(seconds * OTHERS_PER_SECOND));
  const id = await site.activate(partner, listId, { versionId, startAt: new Date(Date.now() + 60 * 60_000) });
  const enrolled = 'SELECT enrolled_at AS at FROM activations.activation WHERE id = $1';
  while ((await site.api.asOwner(enrolled, [id]))[0].at === null) await pause(100);
  await site.api.asOwner(
    `WITH numbered AS (
       SELECT id, now() + (0.5 + row_number() OVER (ORDER BY id) / $2::float8) * interval '1 second' AS at
       FROM sequences.enrolment WHERE activation_id = $1),
     moved AS (UPDATE sequences.enrolment e SET due_at = n.at FROM numbered n WHERE e.id = n.id RETURNING e.id, e.partner_id, e.due_at),
     queued AS (UPDATE sequences.due d SET due_at = m.due_at FROM moved m WHERE d.enrolment_id = m.id)
     UPDATE sequences.partner_queue q SET next_due = now() WHERE q.partner_id IN (SELECT partner_id FROM moved)`,
    [id, OTHERS_PER_SECOND],
  );
  return id;
}

/** Of those that were due before a moment. Waits until all of them are sent. */
async function latenessP95(site, id, until) {
  const rows = () =>
    site.api.asOwner(
      `SELECT extract(epoch FROM m.settled_at - m.due_at)::float8 * 1000 AS ms FROM delivery.message m
       WHERE m.activation_id = $1 AND m.state = 'accepted' AND m.due_at <= $2`,
      [id, until],
    );
  const left = `SELECT count(*)::int AS n FROM sequences.enrolment WHERE activation_id = $1 AND step_key = 'a' AND due_at <= $2`;
  while ((await site.api.asOwner(left, [id, until]))[0].n > 0) await pause(200);
  await pause(2_000);
  return Math.round(
    percentile(
      (await rows()).map(({ ms }) => ms),
      0.95,
    ),
  );
}

const residentMb = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** What each activation would take in addition, if the update rewrote its contacts. */
async function rewritingMs(site) {
  const ids = await site.api.asOwner(`SELECT id FROM activations.activation WHERE slug LIKE 'copy-%' LIMIT $1`, [
    SAMPLE,
  ]);
  const times = [];
  for (const { id } of ids) {
    const began = performance.now();
    await site.api.asOwner(
      `WITH moved AS (UPDATE sequences.enrolment SET edition = edition, step_key = step_key, since = now() WHERE activation_id = $1 RETURNING id)
       UPDATE sequences.due d SET due_at = due_at FROM moved WHERE d.enrolment_id = moved.id`,
      [id],
    );
    times.push(performance.now() - began);
  }
  return median(times);
}

/** One row, written through to the disk. */
async function commitMs(site) {
  await site.api.asOwner('CREATE TABLE IF NOT EXISTS public.bare_commit (id int)');
  const times = [];
  for (let n = 0; n < SAMPLE; n++) {
    const began = performance.now();
    await site.api.asOwner('INSERT INTO public.bare_commit VALUES ($1)', [n]);
    times.push(performance.now() - began);
  }
  await site.api.asOwner('DROP TABLE public.bare_commit');
  return median(times);
}

async function measure(site, writePackage, window) {
  const [many, other] = [await site.aPartner('Brightwater IT'), await site.aPartner('Quayside IT')];
  say(`  ${ACTIVATIONS} activations with ${ACTIVATIONS * CONTACTS_EACH} contacts …`);
  await fill(site, many);
  writePackage(join(site.folder, 'campaign'), { name: 'site', window, steps: second, withoutPosts: true });
  const versionId = await site.nextVersion((texts) => texts);
  const editor = await site.api.signIn(site.vendor.vendorId, 'marketer');
  const path = `/api/v1/campaigns/${site.version.campaignId}/versions/2/update`;
  const scheduler = await site.startScheduler('scheduler-1');

  const alone = await othersFor(site, other, versionId, ALONE_SECONDS);
  await pause(ALONE_SECONDS * 1_000);
  const latenessAloneP95Ms = await latenessP95(site, alone, new Date());
  say(`  lateness of others alone, p95: ${latenessAloneP95Ms} ms`);

  const plans = [];
  for (let n = 0; n < 3; n++) {
    const began = performance.now();
    await editor.get(path).expect(200);
    plans.push(performance.now() - began);
  }
  const others = await othersFor(site, other, versionId, 20 + ACTIVATIONS * 0.5);
  const began = performance.now();
  await editor.post(path, { choice: 'take-over' }).expect(200);
  const done = async () =>
    (await site.api.asOwner(`SELECT count(*)::int AS n FROM activations.activation_update WHERE state <> 'waiting'`))[0]
      .n;
  const peaksMb = [0, 0];
  for (let finished = 0; finished < ACTIVATIONS; finished = await done()) {
    const half = finished < ACTIVATIONS / 2 ? 0 : 1;
    peaksMb[half] = Math.max(peaksMb[half], residentMb(scheduler.pid));
    await pause(500);
  }
  const takeOverSeconds = (performance.now() - began) / 1_000;
  const [{ updated }] = await site.api.asOwner(
    `SELECT count(*)::int AS updated FROM activations.activation_update WHERE state = 'done'`,
  );
  if (updated !== ACTIVATIONS) throw new Error(`${updated} of ${ACTIVATIONS} activations were taken over.`);
  const latenessP95Ms = await latenessP95(site, others, new Date());
  // What follows is measured alone.
  await scheduler.end('SIGKILL');
  const activationMs = (1_000 * takeOverSeconds) / ACTIVATIONS;
  return {
    planMs: Math.round(median(plans)),
    takeOverSeconds: Number(takeOverSeconds.toFixed(1)),
    activationMs: Math.round(activationMs),
    naiveRatio: Number(((activationMs + (await rewritingMs(site))) / activationMs).toFixed(2)),
    commitRatio: Number((activationMs / (await commitMs(site))).toFixed(1)),
    latenessP95Ms,
    latenessAloneP95Ms,
    growthMb: Math.round(Math.max(0, peaksMb[1] - peaksMb[0])),
    peakMb: Math.round(Math.max(...peaksMb)),
  };
}

async function main() {
  providePostfix();
  await buildServer();
  const { SendingSite } = await import('../support/sending-site.ts');
  const { ALWAYS, writePackage } = await import('../journeys/journey-package.ts');
  const sink = await startSink();
  const site = await SendingSite.open(sink.url, { steps: first });
  try {
    const result = await measure(site, writePackage, ALWAYS);
    const goals = { planMs: 5_000, latenessP95Ms: 1_000, growthMb: 150 };
    for (const [name, value] of Object.entries(result))
      say(`${name} ${value}${name in goals ? ` (at most ${goals[name]})` : ''}`);
    if (options.json) say(JSON.stringify(result));
  } finally {
    await site.close();
    sink.stop();
  }
}

await main();
process.exit(0);
