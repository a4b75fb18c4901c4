import { LeaseSweeps } from '#delivery';
import type { ActivationId, ContactId, PartnerActor, PartnerId } from '#kernel';
import { Enrolments, Postponements, StepClaims, StepOutcomes } from '#sequences';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PEOPLE = 60;

/**
 * Real transactions against each other: PostgreSQL itself counts those that
 * waited in a circle.
 */
describe('whoever ends somebody’s way while mail goes out', () => {
  let stage: TestProduct;
  let enrolments: Enrolments;

  beforeAll(async () => {
    stage = await openTestProduct({ DATABASE_POOL: '20' });
    enrolments = stage.api.app.get(Enrolments, { strict: false });
  });
  afterAll(() => stage.close());

  const deadlocks = async (): Promise<number> =>
    (
      await stage.api.asOwner<{ n: number }>(
        'SELECT deadlocks::int AS n FROM pg_stat_database WHERE datname = current_database()',
      )
    )[0]!.n;

  /** A launch to many, whose first messages are just being handed over. */
  async function underWay(): Promise<{ id: ActivationId; partnerId: PartnerId; contactIds: ContactId[] }> {
    stage.toWorkingHours();
    const { owner, id: partnerId } = await stage.aCompletePartner();
    const list = await stage.aList(
      owner,
      Array.from({ length: PEOPLE }, () => ({})),
    );
    const { body } = await stage.launch(owner, { versionId: stage.campaign.versionId, listId: list.id }).expect(201);
    const { id } = body as { id: ActivationId };
    const rows = (): Promise<{ id: ContactId }[]> =>
      stage.api.asOwner('SELECT contact_id AS id FROM sequences.enrolment WHERE activation_id = $1', [id]);
    await until(async () => (await rows()).length === PEOPLE, 'the enrolments');
    return { id, partnerId, contactIds: (await rows()).map((row) => row.id) };
  }

  /** Takes contacts out, and waits until the schedulers have done it. */
  async function takeOut(id: ActivationId, contactIds: readonly ContactId[]): Promise<void> {
    await stage.api.asOwner(
      `INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, name, at)
       SELECT id, partner_id, 'exclusion', 'taken-out', $3 FROM sequences.enrolment WHERE activation_id = $1 AND contact_id = ANY ($2)`,
      [id, contactIds, stage.api.clock.now()],
    );
    const left = (): Promise<unknown[]> =>
      stage.api.asOwner(
        `SELECT 1 FROM sequences.inbox t JOIN sequences.enrolment e ON e.id = t.enrolment_id WHERE e.activation_id = $1 AND t.kind = 'exclusion'`,
        [id],
      );
    await until(async () => (await left()).length === 0, 'the exclusions');
  }

  const outcomes = async (id: ActivationId): Promise<{ open: number; twice: number }> =>
    (
      await stage.api.asOwner<{ open: number; twice: number }>(
        `SELECT (SELECT count(*) FROM sequences.enrolment WHERE activation_id = $1 AND state IN ('waiting', 'running'))::int AS open,
           (SELECT count(*) FROM (SELECT 1 FROM sequences.step_execution WHERE activation_id = $1 GROUP BY contact_id, step_key HAVING count(*) > 1) t)::int AS twice`,
        [id],
      )
    )[0]!;

  it('makes nobody wait in a circle: leaving, claims, outcomes and sweeps at once', async () => {
    const { app } = stage.api;
    const [claims, steps, sweeps] = [
      app.get(StepClaims, { strict: false }),
      app.get(StepOutcomes, { strict: false }),
      app.get(LeaseSweeps, { strict: false }),
    ];
    const { id, partnerId, contactIds } = await underWay();
    const leaving = takeOut(id, contactIds);
    const around = Array.from({ length: 10 }, () => [
      claims.claimDue(),
      steps.catchUp(),
      sweeps.sweep(),
      sweeps.freeLeases(),
      enrolments.resume(id, partnerId),
    ]);
    const settled = await Promise.allSettled([leaving, ...around.flat()]);
    expect(settled.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(await outcomes(id)).toEqual({ open: 0, twice: 0 });
    expect(await deadlocks()).toBe(0);
  });

  it('makes nobody wait in a circle, and loses nobody: putting off while messages are handed over', async () => {
    const { app } = stage.api;
    const [claims, steps, postponements] = [
      app.get(StepClaims, { strict: false }),
      app.get(StepOutcomes, { strict: false }),
      app.get(Postponements, { strict: false }),
    ];
    const { id, partnerId, contactIds } = await underWay();
    const partner: PartnerActor = {
      kind: 'partner',
      partnerId,
      name: 'Test',
      role: 'owner',
      userId: null,
      apiKeyId: null,
    };
    const leaving = takeOut(id, contactIds.slice(0, 20));
    const around = Array.from({ length: 10 }, () => [
      claims.claimDue(),
      steps.catchUp(),
      enrolments.resume(id, partnerId),
    ]);
    const postponement = [1, 1, 1].map((number) => postponements.postpone(partner, id, { days: 3, number }));
    const settled = await Promise.allSettled([...postponement, leaving, ...around.flat()]);
    expect(settled.filter(({ status }) => status === 'rejected')).toEqual([]);
    // Who waits stands in the queue where it waits; whose mail was on its way
    // gets it, later.
    const waiting = () =>
      stage.api.asOwner<{ astray: number; early: number; open: number }>(
        `SELECT count(*) FILTER (WHERE e.state = 'waiting' AND d.due_at IS DISTINCT FROM e.due_at)::int AS astray, count(*)::int AS open,
           count(*) FILTER (WHERE e.state = 'waiting' AND e.due_at < (SELECT to_timestamp((postponements -> 0 ->> 'untilMs')::float8 / 1000) FROM activations.activation WHERE id = $1))::int AS early
         FROM sequences.enrolment e LEFT JOIN sequences.due d ON d.enrolment_id = e.id WHERE e.activation_id = $1 AND e.state IN ('waiting', 'running')`,
        [id],
      );
    expect(await waiting()).toEqual([{ astray: 0, early: 0, open: PEOPLE - 20 }]);
    expect((await outcomes(id)).twice).toBe(0);
    expect(await deadlocks()).toBe(0);
  });

  it('makes nobody wait in a circle: a stop while messages are handed over', async () => {
    const running = await Promise.all([underWay(), underWay()]);
    const stops = running.flatMap(({ id, partnerId }) => [
      enrolments.stop(id, partnerId),
      enrolments.stop(id, partnerId),
    ]);
    const leaving = running.map(({ id, contactIds }) => takeOut(id, contactIds.slice(0, 20)));
    const settled = await Promise.allSettled([...stops, ...leaving]);
    expect(settled.filter(({ status }) => status === 'rejected')).toEqual([]);
    for (const { id } of running) expect(await outcomes(id)).toEqual({ open: 0, twice: 0 });
    expect(await deadlocks()).toBe(0);
  });
});
