import fc from 'fast-check';
import pg from 'pg';
import { Database } from '#database';
import { type ActivationId, newId, type PartnerId, systemActor } from '#kernel';
import { createTestModule, type TestModule } from '../../../../test/support/test-module.js';
import { UNKNOWN_REASONS } from '../enrolment/reason.js';
import { StepRecords } from './step-records.service.js';

const SYSTEM = systemActor('test');

/**
 * The stored progress of an activation must agree with its rows, however it was
 * written.
 */
describe('the stored progress', () => {
  let house: TestModule;
  let [database, records] = [null!, null!] as [Database, StepRecords];
  let owner: pg.Client;

  beforeAll(async () => {
    house = await createTestModule([], [StepRecords]);
    [database, records] = [house.app.get(Database), house.app.get(StepRecords)];
    owner = new pg.Client({ connectionString: house.database.ownerUrl });
    await owner.connect();
    // Whose activations they are is not what this is about.
    await owner.query('ALTER TABLE sequences.enrolment DROP CONSTRAINT enrolment_activation_id_fkey');
  });
  afterAll(async () => {
    await owner.end();
    await house.close();
  });

  const run = (sql: string, parameters: readonly unknown[]): Promise<unknown> =>
    database.inTransaction(SYSTEM, () => database.query(sql, parameters));

  const enrol = (activationId: ActivationId, partnerId: PartnerId, people: number): Promise<unknown> =>
    run(
      `INSERT INTO sequences.enrolment (id, activation_id, partner_id, contact_id, locale, time_zone, time_zone_source, state, step_key, due_at, since, enrolled_at)
       SELECT gen_random_uuid(), $1, $2, gen_random_uuid(), 'en', 'UTC', 'country', 'waiting', 'one', now(), now(), now() FROM generate_series(1, $3)`,
      [activationId, partnerId, people],
    );
  /** Some of the activation's people, chosen by their number. */
  const SOME = `(SELECT id FROM sequences.enrolment WHERE activation_id = $1 ORDER BY id OFFSET $2::int LIMIT 3)`;
  const moves: Readonly<Record<string, (activationId: ActivationId, at: number) => Promise<unknown>>> = {
    claim: (id, at) => run(`UPDATE sequences.enrolment SET state = 'running' WHERE id IN ${SOME}`, [id, at]),
    end: (id, at) =>
      run(`UPDATE sequences.enrolment SET state = 'completed', due_at = NULL WHERE id IN ${SOME}`, [id, at]),
    decide: (id, at) =>
      run(
        `INSERT INTO sequences.step_execution (enrolment_id, step_key, occurrence, activation_id, partner_id, contact_id, outcome, reason, decided_at)
         SELECT e.id, 'step-' || $2::int % 3, 1, e.activation_id, e.partner_id, e.contact_id, 'pending', 'pending', now() FROM sequences.enrolment e WHERE e.id IN ${SOME}
         ON CONFLICT DO NOTHING`,
        [id, at],
      ),
    ...Object.fromEntries(
      [
        ['sent', 'sent'] as const,
        ['skipped', 'consent-unknown'] as const,
        ...UNKNOWN_REASONS.map((reason) => ['failed', reason] as const),
        ['failed', 'rejected-by-relay'] as const,
      ].map(([outcome, reason]) => [
        reason,
        (id: ActivationId, at: number) =>
          run(
            `UPDATE sequences.step_execution SET outcome = $3, reason = $4, decided_at = now() WHERE enrolment_id IN ${SOME}`,
            [id, at, outcome, reason],
          ),
      ]),
    ),
    fold: () => records.fold(),
  };

  const kept = async (id: ActivationId): Promise<Map<string, number>> => {
    const { rows } = await owner.query<{ key: string; n: number }>(
      `SELECT step_key || ' ' || counted_as AS key, sum(n)::int AS n FROM sequences.progress WHERE activation_id = $1 GROUP BY 1 HAVING sum(n) <> 0`,
      [id],
    );
    return new Map(rows.map(({ key, n }) => [key, n]));
  };
  const counted = async (id: ActivationId): Promise<Map<string, number>> => {
    const { rows } = await owner.query<{ key: string; n: number }>(
      `SELECT step_key || ' ' || CASE WHEN reason = ANY ($2) THEN 'unknown' ELSE outcome END AS key, count(*)::int AS n
       FROM sequences.step_execution WHERE activation_id = $1 GROUP BY 1
       UNION ALL SELECT ' ' || CASE WHEN state IN ('waiting', 'running') THEN 'open' ELSE 'over' END, count(*)::int
       FROM sequences.enrolment WHERE activation_id = $1 GROUP BY 1`,
      [id, UNKNOWN_REASONS],
    );
    return new Map(rows.map(({ key, n }) => [key, n]));
  };

  it('equals a new count during concurrent writes and folds', async () => {
    const move = fc.tuple(fc.constantFrom(...Object.keys(moves)), fc.nat(9));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(move, { minLength: 1, maxLength: 4 }), { maxLength: 12 }), async (rounds) => {
        const id = newId<ActivationId>();
        await enrol(id, newId<PartnerId>(), 12);
        for (const round of rounds) {
          for (const [name, at] of round) await Promise.all([moves[name]!(id, at), records.fold(), records.fold()]);
          expect(await kept(id)).toEqual(await counted(id));
        }
        await records.fold();
        expect(await kept(id)).toEqual(await counted(id));
      }),
      { numRuns: 25 },
    );
  });

  it('is told of several activations as of each alone, a contact that entered again counted once', async () => {
    const partnerId = newId<PartnerId>();
    const ids = [newId<ActivationId>(), newId<ActivationId>()];
    await owner.query('SET session_replication_role = replica');
    for (const id of ids)
      await owner.query(
        `INSERT INTO activations.activation (id, partner_id, vendor_id, campaign_id, version_id, status, slug, locale, time_zone, start_at, slots, brand_version,
           idempotency_key, request_hash, launched_by, launched_at, choices, time_zone_source, planned_end_at)
         VALUES ($1, $2, $3, $3, $3, 'active', $4, 'en', 'UTC', now(), '{}', 1, $4, 'hash', 'Test user', now(), '{}', 'activation', '2060-01-01')`,
        [id, partnerId, newId(), id],
      );
    await owner.query('RESET session_replication_role');
    await enrol(ids[0]!, partnerId, 3);
    await enrol(ids[1]!, partnerId, 5);
    await owner.query(
      `INSERT INTO sequences.enrolment (id, activation_id, partner_id, contact_id, locale, time_zone, time_zone_source, state, step_key, due_at, since, enrolled_at, is_repeated, entry_key)
       SELECT gen_random_uuid(), activation_id, partner_id, contact_id, locale, time_zone, time_zone_source, 'completed', step_key, NULL, since, enrolled_at, true, 'again'
       FROM sequences.enrolment WHERE activation_id = $1 LIMIT 1`,
      [ids[1]],
    );
    await moves['decide']!(ids[1]!, 0);
    const counts = await records.counts(SYSTEM, ids);
    expect(counts.get(ids[0]!)).toEqual({ contacts: 3, waiting: 3, completed: 0, steps: [] });
    expect(counts.get(ids[1]!)).toMatchObject({ contacts: 5, waiting: 5, completed: 0, steps: [{ pending: 3 }] });
    for (const id of ids) expect(await records.progress(SYSTEM, id)).toMatchObject(counts.get(id)!);
  });

  it('is one row for each number once it was folded', async () => {
    const [id, partnerId] = [newId<ActivationId>(), newId<PartnerId>()];
    for (let at = 0; at < 5; at += 1) await enrol(id, partnerId, 2);
    expect(await records.fold()).toBe(false);
    const { rows } = await owner.query('SELECT n, is_folded FROM sequences.progress WHERE activation_id = $1', [id]);
    expect(rows).toEqual([{ n: 10, is_folded: true }]);
  });
});
