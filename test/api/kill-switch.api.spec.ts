import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { Database } from '#database';
import type { HaltScope } from '#delivery';
import { type ActivationId, type PartnerId, systemActor } from '#kernel';
import { Enrolments, SendingOperations } from '#sequences';
import { publish, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const OPERATOR = systemActor('operator');
/** `npm run test:all` lifts a halt of as many as a large vendor has. */
const PARTNERS = process.env['THROUGHLINE_TEST_ALL'] === '1' ? 2_000 : 400;
const ALL_DAY = { from: '00:00', to: '23:59', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] };
/** After an event, everything that is no e-mail. */
const ACTING = {
  window: ALL_DAY,
  steps: [
    { key: 'welcome', email: 'welcome' },
    { key: 'hear', until: [{ event: 'go', then: 'made-lead' }], within: { days: 30 }, else: 'end' },
    { key: 'made-lead', createLead: true },
    { key: 'told', notify: 'welcome.subject' },
    { key: 'hook', webhook: 'hot-prospect' },
    { key: 'announced', post: 'announce' },
  ],
};
const DONE = [
  'announced sent post-ready',
  'hook sent webhook-emitted',
  'made-lead sent lead-made',
  'told sent people-notified',
  'welcome sent sent',
];

/**
 * Steps that are no e-mails under the kill switch: none is done, none is lost.
 */
describe('a post, a notice, a lead and a webhook that fall due under a kill switch', () => {
  let stage: TestProduct;
  let version: UploadedVersion;
  let operations: SendingOperations;
  let halted: [HaltScope, string | null] | null = null;
  /**
   * What somebody asks of PostgreSQL, whatever else the processes ask
   * meanwhile.
   */
  const asks = new AsyncLocalStorage<string[]>();
  const statementsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const statements: string[] = [];
    await asks.run(statements, work);
    return statements.length;
  };

  beforeAll(async () => {
    stage = await openTestProduct();
    operations = stage.api.app.get(SendingOperations, { strict: false });
    const database = stage.api.app.get(Database, { strict: false });
    const query = database.query.bind(database);
    database.query = (sql, parameters) => {
      asks.getStore()?.push(sql);
      return query(sql, parameters);
    };
    version = await publish(stage.vendor, await wholeCampaign('acting', undefined, { posts: true, sequence: ACTING }), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
  });
  afterEach(async () => {
    if (halted !== null) await operations.lift(OPERATOR, ...halted);
    halted = null;
  });
  afterAll(() => stage.close());

  const steps = async (activationId: string): Promise<string[]> => {
    const rows = await stage.api.asOwner<{ step: string }>(
      `SELECT step_key || ' ' || outcome || ' ' || reason AS step FROM sequences.step_execution WHERE activation_id = $1 ORDER BY 1`,
      [activationId],
    );
    return rows.map(({ step }) => step);
  };
  const isDone = (activationId: string): Promise<void> =>
    until(async () => (await steps(activationId)).join() === DONE.join(), `all of ${DONE.join(', ')}`);
  const turnsLeft = async (): Promise<number> =>
    (await stage.api.asOwner<{ n: number }>('SELECT count(*)::int AS n FROM sequences.inbox'))[0]?.n ?? NaN;

  /** Somebody who has got the mail and waits for an event. */
  async function aListener(): Promise<{ id: string; tell: () => Promise<void> }> {
    const { id, email } = await stage.running(stage.partner.owner, { versionId: version.versionId });
    await stage.mailTo(email);
    await until(async () => (await steps(id)).length === 1, 'the mail in the record');
    const found = await stage.partner.owner.get(`/api/v1/contacts?q=${encodeURIComponent(email)}`).expect(200);
    const { id: contactId } = (found.body as { items: { id: string }[] }).items[0]!;
    const tell = async (): Promise<void> => {
      stage.api.clock.advance(1000);
      await stage.partner.owner.post(`/api/v1/contacts/${contactId}/events`, { name: 'go' }).expect(200);
    };
    return { id, tell };
  }

  const haltedSince = async (activationId: string): Promise<string | null> => {
    const { body } = await stage.partner.owner.get(`/api/v1/activations/${activationId}`).expect(200);
    return (body as { haltedSince: string | null }).haltedSince;
  };
  /** Why the partner's own mail stops, as its people are told. */
  const stops = async (): Promise<string[]> => {
    const { body } = await stage.partner.owner.get('/api/v1/sending').expect(200);
    return (body as { stops: { cause: string }[] }).stops.map(({ cause }) => cause);
  };
  const subjectOf = async (scope: string, activationId: string): Promise<string | null> => {
    if (scope === 'everything') return null;
    const [row] = await stage.api.asOwner<Record<string, string>>(
      `SELECT vendor_id AS vendor, partner_id AS partner, campaign_id AS campaign, id AS activation FROM activations.activation WHERE id = $1`,
      [activationId],
    );
    return row?.[scope] ?? null;
  };

  it.each(['everything', 'vendor', 'partner', 'campaign', 'activation'] as const)(
    'wait for the lift of %s, and are all done after it',
    async (scope) => {
      const { id, tell } = await aListener();
      const subjectId = await subjectOf(scope, id);
      await operations.halt(OPERATOR, scope, subjectId, 'a test');
      halted = [scope, subjectId];
      await tell();
      await until(async () => (await turnsLeft()) === 0, 'the event to be heard');
      // A claim that had begun before the halt may leave such a turn behind.
      await stage.api.asOwner(
        `WITH taken AS (DELETE FROM sequences.due WHERE enrolment_id IN (SELECT id FROM sequences.enrolment WHERE activation_id = $1) RETURNING enrolment_id, partner_id, due_at)
         INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, at) SELECT enrolment_id, partner_id, 'due', due_at FROM taken`,
        [id],
      );
      await until(async () => (await turnsLeft()) === 0, 'the turns to be looked at');
      expect(await steps(id)).toEqual(['welcome sent sent']);
      // The partner is told that it is not their doing.
      expect(await haltedSince(id)).not.toBeNull();
      expect(await stops()).toEqual(scope === 'everything' || scope === 'partner' ? ['operator'] : []);
      expect(await operations.lift(OPERATOR, scope, subjectId)).toBe(true);
      expect(await haltedSince(id)).toBeNull();
      expect(await stops()).toEqual([]);
      await isDone(id);
    },
  );

  it('are all back in the queue when everything is lifted, in a handful of statements for all activations', async () => {
    const { id } = await aListener();
    await operations.halt(OPERATOR, 'everything', null, 'a test');
    halted = ['everything', null];
    // Partners in the same place, each with twenty people who are in no queue. None
    // is due soon: the tests below need the processes.
    await stage.api.asOwner(
      `WITH partner AS (
         INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
         SELECT uuidv7(), 'partner', 'Partner', 'partner-' || n, 'DE', 'Europe/Berlin', now() FROM generate_series(1, $2::int) n RETURNING id),
       copy AS (
         INSERT INTO activations.activation
         SELECT (jsonb_populate_record(a, jsonb_build_object('id', uuidv7(), 'partner_id', p.id, 'slug', 'copy-' || p.id, 'idempotency_key', 'copy-' || p.id))).*
         FROM activations.activation a, partner p WHERE a.id = $1 RETURNING id, partner_id)
       INSERT INTO sequences.enrolment
       SELECT (jsonb_populate_record(e, jsonb_build_object('id', uuidv7(), 'activation_id', c.id, 'partner_id', c.partner_id, 'contact_id', uuidv7(), 'due_at', now() + interval '20 years'))).*
       FROM sequences.enrolment e, copy c, generate_series(1, 20) WHERE e.activation_id = $1`,
      [id, PARTNERS],
    );
    const beganAt = performance.now();
    const asked = await statementsOf(() => operations.lift(OPERATOR, 'everything', null));
    expect(asked).toBeGreaterThan(3);
    expect(asked).toBeLessThan(15);
    const seconds = (performance.now() - beganAt) / 1000;
    const [back] = await stage.api.asOwner<{ people: number; partners: number }>(
      `SELECT count(*)::int AS people, (SELECT count(*)::int FROM sequences.partner_queue WHERE next_due IS NOT NULL) AS partners
       FROM sequences.due d JOIN sequences.enrolment e ON e.id = d.enrolment_id WHERE e.activation_id <> $1`,
      [id],
    );
    expect(back?.people).toBeGreaterThanOrEqual(PARTNERS * 20);
    expect(back?.partners).toBeGreaterThanOrEqual(PARTNERS);
    if (process.env['LONG'] === '1')
      process.stdout.write(`${PARTNERS * 20} people of ${PARTNERS} activations: ${seconds.toFixed(2)} s\n`);
  });

  it('are all over when their activation is stopped, in as many statements for twenty thousand people as for one', async () => {
    const { id } = await aListener();
    const stop = async (people: number): Promise<number> => {
      const [copy] = await stage.api.asOwner<{ id: ActivationId; partnerId: PartnerId }>(
        `INSERT INTO activations.activation
         SELECT (jsonb_populate_record(a, jsonb_build_object('id', uuidv7(), 'slug', 'stop-' || $2, 'idempotency_key', 'stop-' || $2))).*
         FROM activations.activation a WHERE a.id = $1 RETURNING id, partner_id AS "partnerId"`,
        [id, people],
      );
      await stage.api.asOwner(
        `WITH enrolled AS (
           INSERT INTO sequences.enrolment
           SELECT (jsonb_populate_record(e, jsonb_build_object('id', uuidv7(), 'activation_id', $2::uuid, 'contact_id', uuidv7()))).*
           FROM sequences.enrolment e, generate_series(1, $3::int) WHERE e.activation_id = $1 RETURNING id, partner_id)
         INSERT INTO sequences.due (enrolment_id, partner_id, due_at) SELECT id, partner_id, now() + interval '20 years' FROM enrolled`,
        [id, copy!.id, people],
      );
      const enrolments = stage.api.app.get(Enrolments, { strict: false });
      const asked = await statementsOf(() => enrolments.stop(copy!.id, copy!.partnerId));
      const [left] = await stage.api.asOwner(
        `SELECT count(*) FILTER (WHERE e.state = 'stopped')::int AS stopped, count(d)::int AS due FROM sequences.enrolment e
         LEFT JOIN sequences.due d ON d.enrolment_id = e.id WHERE e.activation_id = $1`,
        [copy!.id],
      );
      expect(left).toEqual({ stopped: people, due: 0 });
      return asked;
    };
    const ofOne = await stop(1);
    expect(ofOne).toBeGreaterThan(1);
    expect(await stop(20_000)).toBe(ofOne);
  });

  it('have been done when the switch is answered, or are not done: where one had begun, the answer waits for it', async () => {
    const { id, tell } = await aListener();
    const blocker = new pg.Client({ connectionString: stage.api.ownerUrl });
    await blocker.connect();
    const awaited = async (type: string): Promise<boolean> =>
      (
        await stage.api.asOwner(
          `SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = $1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
          [type],
        )
      ).length > 0;
    try {
      await blocker.query('BEGIN; LOCK TABLE leads.lead IN SHARE ROW EXCLUSIVE MODE');
      await tell();
      await until(() => awaited('relation'), 'the lead to be begun');
      let isAnswered = false;
      const halting = operations.halt(OPERATOR, 'activation', id, 'a test').then(() => (isAnswered = true));
      halted = ['activation', id];
      await until(async () => isAnswered || (await awaited('advisory')), 'the switch');
      expect(isAnswered).toBe(false);
      await blocker.query('COMMIT');
      await halting;
    } finally {
      await blocker.end();
    }
    const atTheAnswer = await steps(id);
    expect(atTheAnswer).toContain('made-lead sent lead-made');
    await until(
      async () =>
        (
          await stage.api.asOwner(
            `SELECT 1 FROM jobs.outbox WHERE job LIKE 'sequences.perform-action%' AND (run_at <= now() OR leased_until > now())`,
          )
        ).length === 0,
      'each job to be over or put off',
    );
    const done = (all: readonly string[]): string[] => all.filter((step) => step.includes(' sent '));
    expect(done(await steps(id))).toEqual(done(atTheAnswer));
    await operations.lift(OPERATOR, 'activation', id);
    halted = null;
    await stage.api.asOwner(
      `UPDATE jobs.outbox SET run_at = now() - interval '1 minute' WHERE job LIKE 'sequences.perform-action%'`,
    );
    await isDone(id);
  });

  it('are not done by a job that was on its way when the switch was thrown', async () => {
    const { id, tell } = await aListener();
    await tell();
    await isDone(id);
    await operations.halt(OPERATOR, 'activation', id, 'a test');
    // As it stands between the turn and its job.
    await stage.api.asOwner(
      `WITH open AS (UPDATE sequences.step_execution SET outcome = 'pending', reason = 'pending' WHERE activation_id = $1 AND step_key = 'hook' RETURNING enrolment_id, partner_id, step_key, occurrence)
       INSERT INTO jobs.outbox (id, job, data, run_at) SELECT uuidv7(), 'sequences.perform-action',
         jsonb_build_object('enrolmentId', enrolment_id, 'partnerId', partner_id, 'stepKey', step_key, 'round', occurrence), now() FROM open`,
      [id],
    );
    const waiting = async (): Promise<boolean> =>
      (
        await stage.api.asOwner<{ waits: boolean }>(
          `SELECT run_at > now() AND attempt = 0 AS waits FROM jobs.outbox WHERE job = 'sequences.perform-action'`,
        )
      ).some(({ waits }) => waits);
    await until(waiting, 'the job to be put off');
    expect(await steps(id)).toContain('hook pending pending');
    await operations.lift(OPERATOR, 'activation', id);
    await stage.api.asOwner(
      `UPDATE jobs.outbox SET run_at = now() - interval '1 minute' WHERE job = 'sequences.perform-action'`,
    );
    await isDone(id);
  });
});
