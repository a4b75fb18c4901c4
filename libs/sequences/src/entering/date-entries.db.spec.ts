import pg from 'pg';
import { Database } from '#database';
import { type ActivationId, HOUR_MS, newId, type PartnerId, systemActor } from '#kernel';
import { sequenceSchema } from '#sequencing';
import { createTestModule, type TestModule } from '../../../../test/support/test-module.js';
import { DateEntries } from './date-entries.service.js';
import { EntryRules } from './entry-rules.service.js';

const STARTED = '2027-03-01T08:00:00Z';
const NOW = new Date('2027-03-03T10:00:00Z');
/** More than one look takes. */
const MANY = 20_001;

describe('entries by a date', () => {
  const [partnerId, activationId] = [newId<PartnerId>(), newId<ActivationId>()];
  let house: TestModule;
  let dates: DateEntries;
  let owner: pg.Client;

  beforeAll(async () => {
    house = await createTestModule([], [DateEntries, EntryRules]);
    dates = house.app.get(DateEntries);
    owner = new pg.Client({ connectionString: house.database.ownerUrl });
    await owner.connect();
    // Whose activation it is is not what this is about.
    await owner.query(`SET session_replication_role = 'replica'`);
    await owner.query(
      `INSERT INTO activations.activation (id, partner_id, vendor_id, campaign_id, version_id, status, slug, locale, time_zone, start_at, slots, brand_version,
         idempotency_key, request_hash, launched_by, launched_at, choices, time_zone_source, planned_end_at)
       VALUES ($1, $2, $1, $1, $1, 'active', 'slug', 'en', 'UTC', $3, '{}', 1, 'key', 'hash', 'Test user', $3, '{}', 'activation', '2060-01-01')`,
      [activationId, partnerId, STARTED],
    );
    await owner.query(
      `INSERT INTO sequences.entry_rule (activation_id, partner_id, entry_key, kind, name, days) VALUES ($1, $2, 'renewal', 'date', 'renewsOn', -30)`,
      [activationId, partnerId],
    );
    await owner.query(
      `INSERT INTO sequences.date_rule (activation_id, partner_id, entry_key, from_on, next_at) VALUES ($1, $2, 'renewal', $3::timestamptz, $3)`,
      [activationId, partnerId, STARTED],
    );
    await owner.query(
      `INSERT INTO contacts.contact (id, partner_id, email, email_normalised, renews_on, created_at, updated_at)
       SELECT uuidv7(), $1, 'p' || n || '@crowd.example', 'p' || n || '@crowd.example', date '2027-03-31' + n % 3, now(), now()
       FROM generate_series(1, $2::int) n`,
      [partnerId, MANY],
    );
    house.clock.advance(NOW.getTime() - house.clock.now().getTime());
  });
  afterAll(async () => {
    await owner.end();
    await house.close();
  });

  /** Requests and their contacts, the first day that is looked at again, and the hours until then. */
  const look = async (): Promise<unknown[]> => {
    await dates.requestDue();
    const { rows } = await owner.query<{ requests: number; contacts: number; fromOn: string; nextAt: Date }>(
      `SELECT count(*)::int AS requests, count(DISTINCT contact_id)::int AS contacts,
         (SELECT from_on::text FROM sequences.date_rule) AS "fromOn", (SELECT next_at FROM sequences.date_rule) AS "nextAt" FROM sequences.entry_request`,
    );
    const { requests, contacts, fromOn, nextAt } = rows[0]!;
    return [requests, contacts, fromOn, Math.round((nextAt.getTime() - NOW.getTime()) / HOUR_MS)];
  };

  it('are requested in parts, and no day is left before all its contacts are', async () => {
    expect(await look()).toEqual([20_000, 20_000, '2027-03-01', 0]);
    expect(await look()).toEqual([MANY, MANY, '2027-03-03', 1]);
  });

  it('keep the days that they have looked at through an update, and a new rule holds from then on', async () => {
    const sequence = sequenceSchema.parse({
      window: { from: '09:00', to: '17:00', weekdays: ['mon'] },
      entries: [
        { key: 'renewal', date: 'renewsOn', daysBefore: 30, start: 'one' },
        { key: 'warranty', date: 'warrantyEndsOn', daysBefore: 10, start: 'one' },
        { key: 'answer', form: 'any', start: 'one' },
      ],
      steps: [{ key: 'one', email: 'welcome' }],
    });
    const rules = house.app.get(EntryRules);
    const actor = systemActor('updates', { partnerId });
    const replace = (replaced: typeof sequence): Promise<void> =>
      house.app.get(Database).inTransaction(actor, () => rules.replace(actor, activationId, replaced));
    await replace(sequence);
    const stored = async () =>
      (
        await owner.query(
          `SELECT r.entry_key AS key, d.from_on::text AS "from" FROM sequences.entry_rule r LEFT JOIN sequences.date_rule d USING (activation_id, entry_key)
           ORDER BY 1`,
        )
      ).rows;
    expect(await stored()).toEqual([
      { key: 'answer', from: null },
      { key: 'renewal', from: '2027-03-03' },
      { key: 'warranty', from: '2027-03-03' },
    ]);
    await replace({ ...sequence, entries: (sequence.entries ?? []).slice(0, 1) });
    expect(await stored()).toEqual([{ key: 'renewal', from: '2027-03-03' }]);
  });
});
