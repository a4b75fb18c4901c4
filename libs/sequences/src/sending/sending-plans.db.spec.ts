import pg from 'pg';
import type { RunningActivation } from '#activations';
import { Database } from '#database';
import { type Claim, Ledger, settlementOf } from '#delivery';
import {
  type ActivationId,
  type EnrolmentId,
  type ReleaseId,
  type MessageId,
  newId,
  type PartnerId,
  systemActor,
} from '#kernel';
import { createTestModule, type TestModule } from '../../../../test/support/test-module.js';
import { CHUNK } from '../enrolment/sequences.jobs.js';
import { StepOutcomes } from '../moving/step-outcomes.service.js';

const SYSTEM = systemActor('test');
const UNDER_WAY = 3_000;

interface Plan {
  readonly 'Node Type': string;
  readonly Plans?: readonly Plan[];
}
interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Whether the plan scans all keys once for each row of another node. */
const goesThroughKeysForEachRow = ({ 'Node Type': type, Plans: below = [] }: Plan): boolean =>
  (type === 'Nested Loop' && below[1]?.['Node Type'] === 'Function Scan') || below.some(goesThroughKeysForEachRow);

/**
 * Statistics are collected while no message is in progress: good plans must not
 * depend on them.
 */
describe('the statements that a chunk is sent by, with thousands under way of which the statistics know nothing', () => {
  let house: TestModule;
  let database: Database;
  let owner: pg.Client;

  beforeAll(async () => {
    house = await createTestModule([]);
    database = house.app.get(Database);
    owner = new pg.Client({ connectionString: house.database.ownerUrl });
    await owner.connect();
    await owner.query('ALTER TABLE sequences.step_execution DROP CONSTRAINT step_execution_enrolment_id_fkey');
    for (const table of ['delivery.message', 'sequences.step_execution'])
      await owner.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
    await add(1_000, 'accepted', 'sent');
    await owner.query('ANALYZE delivery.message, sequences.step_execution');
    await add(UNDER_WAY, 'leased', 'pending');
  });
  afterAll(async () => {
    await owner.end();
    await house.close();
  });

  const add = (count: number, state: string, outcome: string): Promise<unknown> =>
    owner.query(
      `WITH made AS (
         INSERT INTO delivery.message (id, partner_id, vendor_id, activation_id, enrolment_id, contact_id, step_key, occurrence, email_key, state, fence, planned_at, lease_until)
         SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'welcome', 1, 'welcome', $2::text, 1, now(),
           CASE WHEN $2::text = 'leased' THEN now() + interval '1 hour' END
         FROM generate_series(1, $1::int) RETURNING *)
       INSERT INTO sequences.step_execution (enrolment_id, step_key, occurrence, activation_id, partner_id, contact_id, message_id, outcome, reason, decided_at)
       SELECT enrolment_id, step_key, occurrence, activation_id, partner_id, contact_id, id, $3, $3, now() FROM made`,
      [count, state, outcome],
    );

  /** Records the statements of a service without running them. */
  const asked = async (work: (recorder: Database) => Promise<unknown>): Promise<Statement[]> => {
    const statements: Statement[] = [];
    const recorder = {
      inTransaction: (_actor: unknown, inner: () => Promise<unknown>) => inner(),
      query: async (sql: string, parameters: readonly unknown[] = []) => {
        statements.push({ sql, parameters });
        return [];
      },
    };
    await work(recorder as unknown as Database);
    return statements;
  };
  const planOf = async ({ sql, parameters }: Statement): Promise<Plan> => {
    const [row] = await database.inTransaction(SYSTEM, () =>
      database.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(`EXPLAIN (FORMAT JSON) ${sql}`, parameters),
    );
    return row!['QUERY PLAN'][0]!.Plan;
  };

  const claims = Array.from({ length: CHUNK }, (): Claim => ({ id: newId<MessageId>(), fence: 1 }));
  const releaseId = newId<ReleaseId>();
  const consent = { consentRecordId: newId(), basis: 'opt-in', rules: 1 };
  const at = new Date();
  const ledgerOf = (recorder: Database): Ledger => new Ledger(recorder, house.clock, { SEND_LEASE_SECONDS: 900 });
  const decisionsOf = (recorder: Database): Promise<void> => {
    const nobody = { applyEffects: async () => undefined, save: async () => null } as never;
    const outcomes = new StepOutcomes(
      recorder,
      house.clock,
      null as never,
      null as never,
      null as never,
      nobody,
      null as never,
    );
    const decisions = claims.map(() => ({
      message: {
        enrolmentId: newId<EnrolmentId>(),
        stepKey: 'welcome',
        occurrence: 1,
        partnerId: newId<PartnerId>(),
        activationId: newId<ActivationId>(),
      },
      running: {} as RunningActivation,
      outcome: 'sent' as const,
      reason: 'sent' as const,
      at,
    }));
    return outcomes.record(newId<PartnerId>(), decisions);
  };

  it.each<[string, (recorder: Database) => Promise<unknown>]>([
    ['looks at what is leased', (recorder) => ledgerOf(recorder).lockLeased(SYSTEM, claims)],
    [
      'hands off',
      (recorder) =>
        ledgerOf(recorder).release(
          claims.map((claim) => ({ ...claim, releaseId, consent, frequencyUseAt: at, variant: 'en' })),
        ),
    ],
    [
      'settles',
      (recorder) =>
        ledgerOf(recorder).settle(
          claims.map((claim) => ({
            ...settlementOf(claim, 1, { kind: 'accepted', text: 'ok' }, 'hash', at, 0),
            releaseId,
            relay: null,
            mailGroup: null,
          })),
        ),
    ],
    ['skips', (recorder) => ledgerOf(recorder).skip(claims.map((claim) => ({ ...claim, reason: 'unsubscribed' })))],
    [
      'puts off',
      (recorder) =>
        ledgerOf(recorder).postpone(
          claims.map((claim) => ({ ...claim, reason: 'quiet-hours', retryAt: at, isIntended: true })),
        ),
    ],
    ['writes outcomes of steps', decisionsOf],
  ])('goes through its keys once when it %s', async (_what, work) => {
    const statements = await asked(work);
    const plans = await Promise.all(statements.map(planOf));
    expect(plans.length).toBeGreaterThan(0);
    expect(plans.filter(goesThroughKeysForEachRow)).toEqual([]);
  });
});
