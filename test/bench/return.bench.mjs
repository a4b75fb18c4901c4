#!/usr/bin/env node
/**
 * Clicks, unsubscribes, landing pages and their forms under load: `npm run bench:return [-- --json] [--quick]`.
 *
 * - redirects: 500 per second, each another link; every click must be recorded once.
 * - oneClicks: 200 one-click requests per second (RFC 8058); each contact is suppressed once.
 * - pages: 100 landing pages per second, half of them for the person of a click: found, filled in and
 *   verified against their seals.
 * - forms: 10 forms per second for one page, each of another person; each must be one lead. Each
 *   answer waits for a whole number of 250 ms, so that its time tells nothing. `mostPerSecond` is the rate
 *   at which one process answers 200 that arrive at once.
 * - numbers: a history of 100,000 contacts of ten partners: the cost of counting, whether a rebuild
 *   agrees with what was counted, and whether reading is as fast as before. What the vendor reads has
 *   noise and margins, so it is timed and not compared.
 *
 * The api runs in this process, on PostgreSQL with fsync. The requests come from another
 * thread.
 */
import '../support/typescript.mjs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { loadavg } from 'node:os';
import { median, percentile } from './cpu.mjs';

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
});
const REDIRECTS = { rate: 500, seconds: options.quick ? 5 : 20 };
const ONE_CLICKS = { rate: 200, seconds: options.quick ? 5 : 10 };
const PAGES = { rate: 100, seconds: options.quick ? 5 : 20 };
const FORMS = { rate: 10, seconds: options.quick ? 5 : 20 };
const CROWD = 200;
const PARTNERS = 10;
const CONTACTS = options.quick ? 2_000 : 10_000;

const say = (line) => process.stdout.write(`${line}\n`);
const round = (ms) => Number(ms.toFixed(1));

const load = (port, rate, asks) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./return-load.mjs', import.meta.url), { workerData: { port, rate, asks } });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
/** Bounces have one number per kind. Each is compared. */
const flat = (numbers) =>
  Object.fromEntries(
    Object.entries(numbers).flatMap(([metric, value]) =>
      value !== null && typeof value === 'object'
        ? Object.entries(value).map(([kind, n]) => [`${metric}.${kind}`, n])
        : [[metric, value]],
    ),
  );
const figures = ({ tookMs, lost, statuses }) => ({
  p50Ms: round(median(tookMs)),
  p99Ms: round(percentile(tookMs, 0.99)),
  slowestMs: round(Math.max(...tookMs)),
  lost,
  statuses,
});

/**
 * Writes sent messages, one per contact of the activation, `days` apart until yesterday.
 * @returns milliseconds.
 */
async function history(site, activationId, days) {
  const began = performance.now();
  await site.api.asOwner(
    `INSERT INTO delivery.message (id, partner_id, vendor_id, activation_id, enrolment_id, contact_id, step_key, occurrence, email_key, state, reason, planned_at, settled_at)
     SELECT gen_random_uuid(), a.partner_id, a.vendor_id, a.id, gen_random_uuid(), m.contact_id, 'welcome', 0, 'welcome',
       CASE WHEN n % 50 = 0 THEN 'bounced' ELSE 'accepted' END, CASE WHEN n % 50 = 0 THEN 'bounced-hard' END, at, at
     FROM activations.activation a
     JOIN LATERAL (SELECT contact_id, row_number() OVER (ORDER BY contact_id) AS n FROM contacts.contact_list_member WHERE list_id IN (SELECT list_id FROM activations.activation_list WHERE activation_id = a.id)) m ON true,
     LATERAL (SELECT now() - interval '1 day' - (m.n % $2::int) * interval '1 day' AS at) t WHERE a.id = $1`,
    [activationId, days],
  );
  return performance.now() - began;
}

const interactions = (site, activationId) =>
  site.api.asOwner(
    `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, message_id, contact_id, kind, link_name, verdict, why, at)
     SELECT gen_random_uuid(), partner_id, vendor_id, activation_id, id, contact_id, 'click', 'offer', CASE WHEN n % 3 = 0 THEN 'machine' ELSE 'human' END, 'bench', settled_at + interval '1 hour'
     FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM delivery.message WHERE activation_id = $1) m WHERE n % 5 = 0`,
    [activationId],
  );

async function main() {
  const { SendingSite } = await import('../support/sending-site.ts');
  const { Clicks, MessageLinks } = await import('#engagement');
  const { PartnerInsights, Rollups, VendorInsights } = await import('#insight');
  const site = await SendingSite.open('smtp://127.0.0.1:1');
  const { app, asOwner } = site.api;
  const port = app.getHttpServer().address().port;
  const result = { loadBefore: loadavg().map(round) };
  try {
    const partner = await site.aPartner('Brightwater IT');
    const wanted = Math.max(REDIRECTS.rate * REDIRECTS.seconds, ONE_CLICKS.rate * ONE_CLICKS.seconds);
    const activationId = await site.launch(partner, wanted);
    await history(site, activationId, 1);
    const messages = (await asOwner('SELECT id FROM delivery.message WHERE activation_id = $1', [activationId])).map(
      ({ id }) => id,
    );
    const messageLinks = app.get(MessageLinks, { strict: false });
    const names = (
      await asOwner('SELECT name FROM engagement.link_target WHERE activation_id = $1 ORDER BY number', [activationId])
    ).map(({ name }) => name);
    const links = messages.map((id) => messageLinks.linksOf(id, names));
    const pathOf = (url) => new URL(url).pathname;

    say(`  ${REDIRECTS.rate} redirects a second for ${REDIRECTS.seconds} s …`);
    const clicks = links
      .slice(0, REDIRECTS.rate * REDIRECTS.seconds)
      .map((of) => ({ method: 'GET', path: pathOf(of[names[0]]) }));
    await load(port, 50, clicks.slice(0, 100));
    result.redirects = figures(await load(port, REDIRECTS.rate, clicks.slice(100)));
    await app.get(Clicks, { strict: false }).flushed();
    const [{ n: kept }] = await asOwner(
      `SELECT count(*)::int AS n FROM engagement.interaction WHERE activation_id = $1 AND kind = 'click'`,
      [activationId],
    );
    result.redirects.notInTheLedger = clicks.length - kept;
    say(`  ${JSON.stringify(result.redirects)}`);

    say(`  ${PAGES.rate} landing pages a second for ${PAGES.seconds} s …`);
    const [{ slug }] = await asOwner('SELECT slug FROM activations.activation WHERE id = $1', [activationId]);
    const visits = await asOwner(
      `SELECT id FROM engagement.interaction WHERE activation_id = $1 AND kind = 'click' ORDER BY id LIMIT $2`,
      [activationId, (PAGES.rate * PAGES.seconds) / 2],
    );
    const shown = visits.flatMap(({ id }) => [
      { method: 'GET', path: `/p/${slug}` },
      { method: 'GET', path: `/p/${slug}?t=${id}` },
    ]);
    await load(port, 20, shown.slice(0, 40));
    result.pages = figures(await load(port, PAGES.rate, shown.slice(40)));
    say(`  ${JSON.stringify(result.pages)}`);

    say(`  ${FORMS.rate} forms a second for ${FORMS.seconds} s …`);
    const formsOf = (name, count) =>
      Array.from({ length: count }, (_, n) => ({
        method: 'POST',
        path: `/p/${slug}/form`,
        body: `email=${name}${n}%40prospect.example&firstName=Vera&message=Call+me+${n}&consent=yes`,
      }));
    await load(port, 5, formsOf('first', 10));
    const forms = formsOf('visitor', FORMS.rate * FORMS.seconds);
    result.forms = figures(await load(port, FORMS.rate, forms));
    const crowd = figures(await load(port, 10_000, formsOf('crowd', CROWD)));
    result.forms.mostPerSecond = round(CROWD / (crowd.slowestMs / 1000));
    const [{ n: leads }] = await asOwner('SELECT count(*)::int AS n FROM leads.lead WHERE activation_id = $1', [
      activationId,
    ]);
    result.forms.notALead = 10 + forms.length + CROWD - leads;
    say(`  ${JSON.stringify(result.forms)}`);

    say(`  ${ONE_CLICKS.rate} one-click posts a second for ${ONE_CLICKS.seconds} s …`);
    const leaves = links
      .slice(0, ONE_CLICKS.rate * ONE_CLICKS.seconds)
      .map((of) => ({ method: 'POST', path: pathOf(of.unsubscribe), body: 'List-Unsubscribe=One-Click' }));
    result.oneClicks = figures(await load(port, ONE_CLICKS.rate, leaves));
    const [{ n: left }] = await asOwner('SELECT count(*)::int AS n FROM contacts.suppression WHERE partner_id = $1', [
      partner.id,
    ]);
    result.oneClicks.notSuppressed = leaves.length - left;
    say(`  ${JSON.stringify(result.oneClicks)}`);

    say(`  a history of ${PARTNERS * CONTACTS} contacts …`);
    const owners = [];
    for (let n = 0; n < PARTNERS; n++) owners.push(await site.aPartner(`Partner ${n}`));
    const activations = [];
    for (const each of owners) activations.push(await site.launch(each, CONTACTS));
    say('  … launched');
    const partnerActor = (id) => ({
      kind: 'partner',
      partnerId: id,
      role: 'owner',
      userId: null,
      apiKeyId: null,
      name: 'bench',
    });
    const vendorActor = {
      kind: 'vendor',
      vendorId: site.vendor.vendorId,
      role: 'owner',
      userId: null,
      apiKeyId: null,
      name: 'bench',
    };
    const read = async () => {
      const began = performance.now();
      await app.get(PartnerInsights, { strict: false }).all(partnerActor(owners[0].id), {});
      return performance.now() - began;
    };
    const readOften = async () =>
      median(await [...Array(9)].reduce(async (before) => [...(await before), await read()], Promise.resolve([])));
    const rollups = app.get(Rollups, { strict: false });
    const fold = async () => {
      while (await rollups.fold());
      await asOwner('VACUUM ANALYZE insight.delta');
    };
    const [first, second, ...others] = activations;
    await history(site, first, 1);
    await fold();
    const readBefore = await readOften();
    const counted = await history(site, second, 60);
    await asOwner('ALTER TABLE delivery.message DISABLE TRIGGER count_message');
    await asOwner('DELETE FROM delivery.message WHERE activation_id = $1', [second]);
    const uncounted = await history(site, second, 60);
    await asOwner('ALTER TABLE delivery.message ENABLE TRIGGER count_message');
    say(`  … counting costs ${(counted / uncounted).toFixed(2)}`);
    for (const id of others) await history(site, id, 60);
    for (const id of activations) await interactions(site, id);
    await fold();
    const readAfter = await readOften();
    say('  … written');

    // Earlier clicks and unsubscribes belong to another partner, which the vendor counts too.
    const all = [partner, ...owners].map(({ id }) => id);
    const began = performance.now();
    const window = {
      from: new Date(Date.now() - 70 * 86_400_000).toISOString().slice(0, 10),
      to: new Date().toISOString().slice(0, 10),
    };
    const vendorSees = await app.get(VendorInsights, { strict: false }).all(vendorActor, window);
    const vendorMs = performance.now() - began;
    const partnersSee = async () => {
      const sums = {};
      for (const id of all) {
        const { numbers } = await app
          .get(PartnerInsights, { strict: false })
          .all(partnerActor(id), { from: vendorSees.from, to: vendorSees.to });
        for (const [metric, n] of Object.entries(flat(numbers))) sums[metric] = (sums[metric] ?? 0) + n;
      }
      return sums;
    };
    const reported = await partnersSee();
    await asOwner('TRUNCATE insight.daily, insight.delta');
    const rebuildBegan = performance.now();
    for (const id of all) await rollups.reconcile(id);
    const rebuildMs = performance.now() - rebuildBegan;
    await fold();
    const rebuilt = await partnersSee();
    const numbers = Object.keys(reported);
    result.numbers = {
      messages: PARTNERS * CONTACTS,
      countingCosts: round(counted / uncounted),
      readBeforeMs: round(readBefore),
      readAfterMs: round(readAfter),
      vendorReadMs: round(vendorMs),
      rebuildMs: Math.round(rebuildMs),
      compared: numbers.length,
      rebuiltDiffers: numbers.filter((metric) => reported[metric] !== rebuilt[metric]),
    };
    say(JSON.stringify(result, null, 2));
    if (options.json) say(JSON.stringify(result));
  } finally {
    await pause(200);
    await site.close();
  }
}

await main();
process.exit(0);
