import { get } from 'node:http';
import { ContactPage, OwnSharedTotals, PartnerVendors, SavedViews, StepRecords } from '#contracts';
import { until } from '../support/until.js';
import { zoneWithDay } from './calendar.js';
import { Distributed } from './distributed.js';
import { doneSteps, foundVendor } from './founding.js';
import type { Journey } from './journey.js';
import { ALWAYS } from './journey-package.js';
import { describeMainJob } from './main-job.js';

const PEOPLE = 400;
/**
 * A run of all suites starts each process with each unsafe setting. By day one
 * start shows that settings are checked and one that the role is;
 * libs/config/src/config.spec.ts has each rule.
 */
const isWhole = process.env['THROUGHLINE_TEST_ALL'] === '1';
const APPS = ['api', 'renderer', 'scheduler'] as const;

/** Settings with which no process starts in production, and what each says. */
const UNSAFE: Readonly<
  Record<string, { says: RegExp; settings: (of: Distributed) => Readonly<Record<string, string>> }>
> = {
  'a password that can be guessed': {
    says: /DATABASE_URL has a password that can be guessed/,
    settings: () => ({ DATABASE_URL: 'postgres://throughline_api:throughline@localhost/throughline' }),
  },
  'the address of the owner': {
    says: /DATABASE_OWNER_URL is set.*Remove it/,
    settings: () => ({ DATABASE_OWNER_URL: 'postgres://owner:5e7f0b2c@localhost/throughline' }),
  },
  'the role that may do everything': {
    says: /DATABASE_URL has a password that can be guessed|signs in as throughline_app/,
    settings: ({ databaseUrl }) => ({ DATABASE_URL: databaseUrl }),
  },
  'insecure cookies behind https': {
    says: /SECURE_COOKIES is false and PUBLIC_URL is https/,
    settings: () => ({ SECURE_COOKIES: 'false', PUBLIC_URL: 'https://throughline.corp.example' }),
  },
};

const ASKED = Object.entries(UNSAFE).filter(
  ([name]) => isWhole || name === 'a password that can be guessed' || name === 'the role that may do everything',
);

describe('the main job in separate processes', () => {
  let distributed: Distributed;

  afterAll(() => distributed.end());

  const on = describeMainJob(async () => {
    distributed = await Distributed.start();
    return {
      installation: distributed,
      vendor: await foundVendor(distributed),
      campaign: {
        window: ALWAYS,
        steps: [
          { key: 'welcome', email: 'welcome' },
          { key: 'proof', email: 'proof' },
          { key: 'pause', wait: { hours: 1 } },
          { key: 'workshop', email: 'workshop' },
        ],
      },
      later: [{ afterHours: 0, email: 'proof' }],
      headStartMs: 4_000,
      timeZone: zoneWithDay(new Date()),
    };
  });

  it('gives each contact one mail or a reason if a scheduler is killed while sending', async () => {
    const journey = on();
    const { mailbox } = distributed;
    const people = Array.from({ length: PEOPLE }, (_, at) => `crew${at}@ironbridge-works.example`);
    const listId = await journey.listOf('Crew', people);
    mailbox.delayMs = 100;
    const { id } = await journey.launch({ versionId: journey.versionIds.canary, listId }, 'launch-to-the-crew');
    const arrived = async (): Promise<number> =>
      (await journey.arrivals('last-call', people)).filter((count) => count > 0).length;
    await until(async () => (await arrived()) >= PEOPLE / 10);
    await distributed.members.get('scheduler-1')?.end('SIGKILL');
    expect(await arrived()).toBeLessThan(PEOPLE);
    // The same machine starts again, with the journal of the killed process.
    await distributed.startWorker('scheduler', 'scheduler-1');
    const over = async (): Promise<boolean> => (await journey.activation(id)).status === 'completed';
    await until(over, 'the activation to end', 100_000);

    const reasonOf = await decisions(journey, id, listId);
    const counts = await journey.arrivals('last-call', people);
    const found = people.map((address, at) => ({ mails: counts[at] ?? 0, reason: reasonOf.get(address) }));
    expect(found.filter(({ mails, reason }) => reason === 'sent' && mails !== 1)).toEqual([]);
    // The relay had the whole mail, and the process died before the answer:
    // unknown, never repeated.
    expect(
      found.filter(({ mails, reason }) => reason !== 'sent' && (reason !== 'no-answer-after-end-of-data' || mails > 1)),
    ).toEqual([]);
    expect(found.filter(({ reason }) => reason !== 'sent').length).toBeLessThanOrEqual(8);
  }, 150_000);

  // Its reading is recorded, and sums are made: the scheduler writes what the api writes on a screen.
  it('sends a vendor what partners show it, by a scheduler that cannot change what they show', async () => {
    const { marketer, partner, scene } = on();
    const { items: vendors } = await partner.call('vendors', PartnerVendors);
    const choice = { vendorId: vendors[0]?.vendorId, isShared: true, wording: 2 };
    await partner.call('shared-totals', PartnerVendors, { method: 'PUT', json: choice });
    const tables = { totals: 'partners', returns: 'returns' } as const;
    for (const table of Object.keys(tables)) {
      const view = { name: table, screen: '/campaign-results', query: '', isShared: false };
      const { items } = await marketer.call('saved-views', SavedViews, { method: 'POST', json: view });
      const viewId = items.find(({ name }) => name === table)?.id;
      const json = { rhythm: 'weekly', day: 1, hour: 8, format: 'csv', table };
      await marketer.call(`saved-views/${viewId}/mail`, SavedViews, { method: 'PUT', json });
    }
    await distributed.asOwner(async (client) => {
      await client.query('UPDATE saved_views.mail SET next_at = now()');
    });
    // One that starts looks at once, instead of within a minute.
    await distributed.members.get('scheduler-2')?.end('SIGTERM');
    await distributed.startWorker('scheduler', 'scheduler-2');
    const { mailbox } = distributed;
    mailbox.delayMs = 0;
    const arrived = async () =>
      // Mails have the logo of the vendor, too.
      (await mailbox.mailsTo(scene.vendor.marketer)).flatMap(({ attachments }) =>
        attachments.filter(({ type }) => type === 'text/csv'),
      );
    await until(async () => (await arrived()).length === 2, 'the e-mails with the tables', 150_000);
    const files = await arrived();
    for (const [table, path] of Object.entries(tables))
      expect(files.find(({ name }) => name === `${table}.csv`)?.content.toString()).toBe(
        await marketer.text(`vendor-insight/${path}.csv?language=en`),
      );
    const { items } = await partner.call('shared-totals', OwnSharedTotals);
    expect(items[0]?.readings).toHaveLength(1);
  }, 180_000);

  it('shows its founder what is set up, by facts', async () => {
    expect(await doneSteps(distributed)).toEqual(['mail', 'brand', 'group', 'campaign', 'partner']);
    expect((await fetch(`${distributed.url}/api/v1/first-run`)).status).toBe(410);
  });

  it('has no metrics on the port of the public', async () => {
    expect((await fetch(`${distributed.url}/metrics`)).status).toBe(404);
  });

  it('does not answer to a foreign host name', async () => {
    const { port } = new URL(distributed.url);
    const status = await new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
    expect(status).toBe(421);
  });

  it.each(ASKED)('does not start with %s', async (name, { says, settings }) => {
    const apps = isWhole ? APPS : [APPS[Object.keys(UNSAFE).indexOf(name) % APPS.length]!];
    const refusals = await Promise.all(apps.map((app) => distributed.refusal(app, settings(distributed))));
    for (const { code, output } of refusals) {
      expect(output).toMatch(says);
      expect(code).toBe(1);
    }
  });

  it('does not start api with the sample accounts of npm start', async () => {
    await distributed.asOwner(async (client) => {
      await client.query(
        `INSERT INTO identity.user_account (id, email, name, password_hash, locale, created_at)
         VALUES (gen_random_uuid(), 'Maya@northwind.example', 'Maya', 'x', 'en', now())`,
      );
    });
    const { code, output } = await distributed.refusal('api', {});
    expect(output).toMatch(/sample accounts of npm start \(Maya@northwind\.example\)/);
    expect(code).toBe(1);
  });

  it('ends all its processes cleanly, without an error in the log', async () => {
    const codes = await distributed.stop();
    // The log first: it tells why a code is not 0.
    expect([...distributed.members.values()].flatMap(({ errors }) => errors)).toEqual([]);
    expect(codes).toEqual([0, 0, 0, 0, 0]);
  });
});

/** The recorded reason by address, as the partner reads it. */
async function decisions({ partner }: Journey, activationId: string, listId: string): Promise<Map<string, string>> {
  const addresses = new Map<string, string>();
  for (let cursor: string | null = ''; cursor !== null;) {
    const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page = await partner.call(`contacts?limit=200&listId=${listId}${from}`, ContactPage);
    for (const { id, email } of page.items) addresses.set(id, email);
    cursor = page.nextCursor;
  }
  const reasons = new Map<string, string>();
  for (let cursor: string | null = ''; cursor !== null;) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await partner.call(`activations/${activationId}/messages?limit=200${from}`, StepRecords);
    for (const { contactId, reason } of page.items) reasons.set(addresses.get(contactId) ?? contactId, reason);
    cursor = page.nextCursor;
  }
  return reasons;
}
