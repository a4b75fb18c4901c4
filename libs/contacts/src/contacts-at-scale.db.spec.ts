import { monitorEventLoopDelay } from 'node:perf_hooks';
import pg from 'pg';
import { SegmentRule } from '#contracts';
import type { ContactId, ContactListId } from '#kernel';
import type { TestModule } from '../../../test/support/test-module.js';
import type { Audience } from './audience.js';
import { ContactLists } from './contact-lists.service.js';
import { aPartner, createContactsServices } from './contacts.fixture.js';
import { ContactImporter } from './imports/contact-importer.service.js';
import { ContactImports } from './imports/contact-imports.service.js';
import { SendPolicy } from './send-policy.service.js';
import { Segments } from './segments/segments.service.js';

const HEADER = 'email,first name,company,country,time zone\n';
const lines = (count: number): string =>
  Array.from(
    { length: count },
    (_, n) => `person${n}@example.com,First ${n},Company ${n % 100},DE,Europe/Berlin\n`,
  ).join('');

describe('many contacts', () => {
  let house: TestModule;
  let owner: pg.Client;

  beforeAll(async () => {
    house = await createContactsServices();
    owner = new pg.Client({ connectionString: house.database.ownerUrl });
    await owner.connect();
    // Clicks are written without their activations and messages. Triggers run.
    await owner.query('ALTER TABLE engagement.interaction DISABLE TRIGGER enqueue_interaction');
  });
  afterAll(async () => {
    await owner.end();
    await house.close();
  });

  it('are counted by a rule within a second: 100,000', async () => {
    const actor = aPartner();
    const segments = house.app.get(Segments);
    await owner.query(
      `WITH made AS (
         INSERT INTO contacts.contact (id, partner_id, email, email_normalised, industry, country, created_at, updated_at)
         SELECT uuidv7(), $1, 'p' || n || '@crowd.example', 'p' || n || '@crowd.example', CASE n % 3 WHEN 0 THEN 'Finance' ELSE 'Food' END, CASE n % 2 WHEN 0 THEN 'DE' END, now(), now()
         FROM generate_series(1, 100000) n RETURNING id)
       INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, contact_id, kind, verdict, at)
       SELECT uuidv7(), $1, $1, $1, id, 'click', 'human', now() FROM made LIMIT 30000`,
      [actor.partnerId],
    );
    const rule = SegmentRule.parse({
      match: 'all',
      conditions: [
        { on: 'field', field: 'industry', is: ['finance', 'energy'] },
        { on: 'field', field: 'country', is: ['DE'], not: true },
        { on: 'consent', states: ['unknown'] },
        { on: 'engaged', did: 'click', withinDays: 30 },
        { on: 'lead', states: ['won'], not: true },
      ],
    });
    const times: number[] = [];
    for (let run = 0; run < 5; run++) {
      const beganAt = performance.now();
      const counted = await segments.count(actor, rule);
      times.push(performance.now() - beganAt);
      expect(counted).toBeGreaterThan(3_000);
    }
    const savedAt = performance.now();
    await segments.create(actor, { name: 'Crowd', rule });
    const seconds = (performance.now() - savedAt) / 1000;
    process.stdout.write(
      `count of 100,000 contacts by five conditions: ${times.map((ms) => Math.round(ms)).join(', ')} ms; saved in ${seconds.toFixed(1)} s\n`,
    );
    expect(times.toSorted((one, other) => one - other)[2]).toBeLessThan(1_000);
  });

  it('are imported in seconds, without blocking the process: 40,000', async () => {
    const actor = aPartner();
    const [lists, imports, importer] = [
      house.app.get(ContactLists),
      house.app.get(ContactImports),
      house.app.get(ContactImporter),
    ];
    const bytes = Buffer.from(HEADER + lines(40_000));
    const { id } = await imports.accept(actor, { fileName: 'list.csv', bytes, basis: 'customer' });
    const delay = monitorEventLoopDelay({ resolution: 2 });
    const startedAt = performance.now();
    delay.enable();
    await importer.run(id, actor.partnerId);
    delay.disable();
    const seconds = (performance.now() - startedAt) / 1000;
    const { listId, created } = await imports.get(actor, id);
    expect(created).toBe(40_000);
    const looksAt = async (listIds: readonly ContactListId[]): Promise<number[]> => {
      const looks: number[] = [];
      let [after, willGet]: [ContactId | null, number] = [null, 0];
      do {
        const askedAt = performance.now();
        const look: Audience = await house.app.get(SendPolicy).audience(actor, listIds, new Date(), undefined, after);
        looks.push(performance.now() - askedAt);
        const total = listIds.length > 1 && after !== null ? null : 40_000;
        willGet += look.willGet;
        after = look.nextAfter;
        expect(look).toMatchObject({ total, skipped: [] });
        expect(willGet).toBe(Math.min(40_000, looks.length * 5_000));
      } while (after !== null);
      expect(willGet).toBe(40_000);
      return looks;
    };
    const looks = await looksAt([listId!]);
    // Each contact is on both.
    const { id: other } = await lists.createOfAll(actor, 'All of them');
    const ofTwo = await looksAt([listId!, other]);
    const sum = (times: readonly number[]): number => Math.round(times.reduce((a, b) => a + b));
    process.stdout.write(
      `40,000 rows in ${seconds.toFixed(1)} s, ${Math.round(40_000 / seconds)} rows/s; event loop held p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, longest ${(delay.max / 1e6).toFixed(1)} ms; audience of them: first look ${Math.round(looks[0] ?? 0)} ms, all ${sum(looks)} ms; in two lists: first look ${Math.round(ofTwo[0] ?? 0)} ms, all ${sum(ofTwo)} ms\n`,
    );
  });
});
