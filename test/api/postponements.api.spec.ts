import { AsyncLocalStorage } from 'node:async_hooks';
import type { ActivationDetail, DatesView, PostponementOutlook } from '#contracts';
import { Database } from '#database';
import { type ActivationId, newId, type PartnerActor, DAY_MS } from '#kernel';
import { Enrolments, Postponements } from '#sequences';
import { publish, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { StillClock } from '../support/dry-run-agreement.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const ALL_DAYS = { from: '08:00', to: '18:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] };
const stepsWith = (validTo: string) => ({
  window: ALL_DAYS,
  steps: [
    { key: 'first', email: 'welcome' },
    { key: 'pause', wait: { days: 2 } },
    { key: 'second', email: 'proof', valid: { to: validTo } },
    { key: 'hear', until: [{ event: 'go', then: 'third' }], within: { days: 2 }, else: 'end' },
    { key: 'third', email: 'workshop' },
  ],
});

/** With LONG=1 as many as the largest lists have. */
const MANY = process.env['LONG'] === '1' ? 1_000_000 : 20_000;

describe('putting an activation off', () => {
  let stage: TestProduct;
  let version: UploadedVersion;
  let partner: TestProduct['partner'];
  /** The last day of the second mail. */
  let lastDay: string;

  beforeAll(async () => {
    stage = await openTestProduct({}, {}, { clock: new StillClock() });
    lastDay = stage.day(9);
    version = await publish(
      stage.vendor,
      await wholeCampaign('postponed', undefined, { sequence: stepsWith(lastDay) }),
      {
        partnerGroupIds: [stage.vendor.groupId],
        opensOn: stage.day(0),
        closesOn: stage.day(300),
      },
    );
    partner = await stage.aCompletePartner();
  });
  afterAll(() => stage.close());

  interface Running {
    readonly id: string;
    readonly path: string;
    readonly contactId: string;
    readonly email: string;
  }
  const launched = async (of = version): Promise<Running> => {
    const list = await stage.aList(partner.owner);
    const { body } = await stage.launch(partner.owner, { versionId: of.versionId, listId: list.id }).expect(201);
    const { id } = body as { id: string };
    const [email] = list.emails as [string];
    const found = await partner.owner.get(`/api/v1/contacts?q=${encodeURIComponent(email)}`).expect(200);
    const { id: contactId } = (found.body as { items: { id: string }[] }).items[0]!;
    return { id, path: `/api/v1/activations/${id}`, contactId, email };
  };
  const dueAt = async ({ id }: Running): Promise<Date | null> => {
    const [row] = await stage.api.asOwner<{ at: Date | null }>(
      `SELECT due_at AS at FROM sequences.enrolment WHERE activation_id = $1 AND state = 'waiting'`,
      [id],
    );
    return row?.at ?? null;
  };
  /**
   * Waits until so many mails are out and the next is planned, or the way is
   * over.
   */
  const after = async (run: Running, mails: number): Promise<void> => {
    await stage.mailTo(run.email, mails);
    const isOnward = async (): Promise<boolean> =>
      (
        await stage.api.asOwner(`SELECT 1 FROM sequences.enrolment WHERE activation_id = $1 AND state = 'running'`, [
          run.id,
        ])
      ).length === 0;
    await until(isOnward, 'the outcome of the mail');
  };
  const outlook = async (run: Running, days: number): Promise<PostponementOutlook> =>
    (await partner.owner.post(`${run.path}/postponements/outlook`, { days }).expect(200)).body as PostponementOutlook;
  const postponement = (run: Running, days: number, number = 1) =>
    partner.owner.post(`${run.path}/postponements`, { days, number });
  const plan = async (run: Running): Promise<(string | null)[]> =>
    ((await partner.owner.get(`${run.path}/dates`).expect(200)).body as DatesView).steps.map(({ at }) => at);
  const later = (at: Date | null, days: number): string => new Date(at!.getTime() + days * DAY_MS).toISOString();

  it('is told before, moves what it told and nothing that is over, and comes so; nobody gets anything before', async () => {
    stage.toWorkingHours();
    const run = await launched();
    await after(run, 1);
    const before = await dueAt(run);
    const [first, second] = await plan(run);
    const told = await outlook(run, 3);
    expect(told).toMatchObject({
      number: 1,
      until: later(stage.api.clock.now(), 3),
      waiting: [{ stepKey: 'second', kind: 'email', later: 1, stay: 0, passed: 0, firstAt: later(before, 3) }],
      steps: [{ stepKey: 'second', kind: 'email', before: second, after: later(new Date(second!), 3) }],
    });
    expect(await dueAt(run)).toEqual(before);

    const { body } = await postponement(run, 3).expect(200);
    expect((body as ActivationDetail).nextAt).toBe(later(before, 3));
    expect((body as ActivationDetail).postponements).toEqual([
      { from: stage.api.clock.now().toISOString(), until: told.until, days: 3 },
    ]);
    expect((await plan(run)).slice(0, 2)).toEqual([first, told.steps[0]!.after]);
    const entries = await stage.api.asOwner(
      `SELECT actor_name AS name, details FROM audit.entry WHERE action = 'activation.postponed' AND subject_id = $1`,
      [run.id],
    );
    expect(entries).toEqual([{ name: 'owner person', details: { days: 3, until: told.until } }]);

    stage.api.clock.advance(before!.getTime() - stage.api.clock.now().getTime() + 60_000);
    const other = await launched();
    // Whoever waits for mail of the partner has been looked at since.
    await after(other, 1);
    expect(stage.mails.to(run.email)).toHaveLength(1);
    stage.api.clock.advance(3 * DAY_MS);
    await after(run, 2);
    expect(stage.mails.to(run.email)).toHaveLength(2);
  });

  it('is done once where it is asked for twice, and refused where somebody else was faster', async () => {
    stage.toWorkingHours();
    const run = await launched(await stage.anotherCampaign());
    await after(run, 1);
    const before = await dueAt(run);
    await Promise.all([postponement(run, 2).expect(200), postponement(run, 2).expect(200)]);
    expect((await dueAt(run))?.toISOString()).toBe(later(before, 2));
    expect((await postponement(run, 5).expect(409)).body).toMatchObject({ code: 'postponement.stale' });
    expect((await postponement(run, 5, 3).expect(409)).body).toMatchObject({ code: 'postponement.stale' });
    expect((await outlook(run, 1)).number).toBe(2);
    await postponement(run, 1, 2).expect(200);
    expect((await outlook(run, 1)).until).toBe(later(stage.api.clock.now(), 4));
  });

  it('says who would miss a step because its last day is over by then', async () => {
    const run = await launched(
      await publish(
        stage.vendor,
        await wholeCampaign('postpone-late', undefined, { sequence: stepsWith(stage.day(4)) }),
        { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(300) },
      ),
    );
    stage.toWorkingHours();
    await after(run, 1);
    expect((await outlook(run, 2)).waiting).toMatchObject([{ stepKey: 'second', later: 1, passed: 0 }]);
    const told = await outlook(run, 5);
    expect(told.waiting).toMatchObject([{ stepKey: 'second', later: 0, passed: 1, firstAt: null }]);
    expect(told.steps).toMatchObject([{ stepKey: 'second', after: null }]);
    await postponement(run, 5).expect(200);
    stage.api.clock.advance(7 * DAY_MS);
    const isPassed = async (): Promise<boolean> =>
      (
        await stage.api.asOwner(
          `SELECT 1 FROM sequences.step_execution WHERE activation_id = $1 AND step_key = 'second' AND reason = 'step-expired'`,
          [run.id],
        )
      ).length === 1;
    await until(isPassed, 'the step to be passed over');
    expect(stage.mails.to(run.email)).toHaveLength(1);
  });

  it('writes to nobody until then, whatever they do meanwhile', async () => {
    const go = await publish(
      stage.vendor,
      await wholeCampaign('postpone-go', undefined, {
        sequence: {
          window: ALL_DAYS,
          steps: [
            { key: 'first', email: 'welcome' },
            { key: 'hear', until: [{ event: 'go', then: 'second' }], within: { days: 5 }, else: 'end' },
            { key: 'second', email: 'proof' },
          ],
        },
      }),
      { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(300) },
    );
    stage.toWorkingHours();
    const run = await launched(go);
    await after(run, 1);
    const { until: restsUntil } = await outlook(run, 4);
    await postponement(run, 4).expect(200);
    stage.api.clock.advance(60_000);
    await partner.owner.post(`/api/v1/contacts/${run.contactId}/events`, { name: 'go' }).expect(200);
    await until(async () => (await dueAt(run))?.toISOString() === restsUntil, 'the mail to wait until then');
    expect(stage.mails.to(run.email)).toHaveLength(1);
    stage.api.clock.advance(4 * DAY_MS);
    await after(run, 2);
  });

  it('counts for a held one from when it was held on: who came late meanwhile comes later, and not at once', async () => {
    stage.toWorkingHours();
    const run = await launched(await stage.anotherCampaign());
    await after(run, 1);
    const before = await dueAt(run);
    await partner.owner.post(`${run.path}/hold`).expect(200);
    const heldAt = stage.api.clock.now();
    const days = Math.ceil((before!.getTime() - heldAt.getTime()) / DAY_MS) + 2;
    stage.api.clock.advance(days * DAY_MS);
    expect((await partner.owner.get(`${run.path}/late`).expect(200)).body.steps).toHaveLength(1);
    expect(await outlook(run, days)).toMatchObject({ from: heldAt.toISOString(), until: later(heldAt, days) });
    await postponement(run, days).expect(200);
    expect((await partner.owner.get(`${run.path}/late`).expect(200)).body).toEqual({ steps: [] });
    await partner.owner.post(`${run.path}/resume`).expect(200);
    expect((await dueAt(run))!.getTime()).toBeGreaterThanOrEqual(stage.api.clock.now().getTime());
    expect(stage.mails.to(run.email)).toHaveLength(1);
    stage.api.clock.advance((await dueAt(run))!.getTime() - stage.api.clock.now().getTime() + 60_000);
    await after(run, 2);
  });

  it(`moves ${MANY} people in as many statements as one, each by their own clock, and wakes and stops as many`, async () => {
    stage.toWorkingHours();
    const run = await launched(await stage.anotherCampaign());
    await after(run, 1);
    const asks = new AsyncLocalStorage<string[]>();
    const database = stage.api.app.get(Database, { strict: false });
    const query = database.query.bind(database);
    database.query = (sql, parameters) => {
      asks.getStore()?.push(sql);
      return query(sql, parameters);
    };
    const actor: PartnerActor = {
      kind: 'partner',
      partnerId: partner.id,
      name: 'Test',
      role: 'owner',
      userId: null,
      apiKeyId: null,
    };
    const timed = async (what: string, work: () => Promise<void>): Promise<void> => {
      const beganAt = performance.now();
      await work();
      const seconds = (performance.now() - beganAt) / 1000;
      if (process.env['LONG'] === '1') process.stdout.write(`${what}: ${seconds.toFixed(2)} s\n`);
    };
    const postponementOf = async (people: number): Promise<number> => {
      const copyId = newId<ActivationId>();
      // In four zones, due over a week; of every tenth, a claim has just taken
      // out what is due. At once: without people it would be concluded.
      await stage.api.asOwner(
        `WITH copy AS (
           INSERT INTO activations.activation
           SELECT (jsonb_populate_record(a, jsonb_build_object('id', $2::uuid, 'slug', 'postpone-' || $3::int, 'idempotency_key', 'postpone-' || $3::int))).*
           FROM activations.activation a WHERE a.id = $1),
         enrolled AS (
           INSERT INTO sequences.enrolment
           SELECT (jsonb_populate_record(e, jsonb_build_object('id', uuidv7(), 'activation_id', $2::uuid, 'contact_id', uuidv7(), 'due_at', e.due_at + n % 10080 * interval '1 minute',
             'time_zone', (ARRAY['Europe/London', 'America/New_York', 'Asia/Tokyo', 'nowhere'])[n % 4 + 1]))).*
           FROM sequences.enrolment e, generate_series(1, $3::int) n WHERE e.activation_id = $1 RETURNING id, partner_id, due_at)
         INSERT INTO sequences.due (enrolment_id, partner_id, due_at)
         SELECT id, partner_id, due_at FROM (SELECT *, row_number() OVER () AS n FROM enrolled) e WHERE n % 10 <> 0`,
        [run.id, copyId, people],
      );
      const dues = () =>
        stage.api.asOwner<{ id: string; at: Date; queued: Date | null }>(
          `SELECT e.id, e.due_at AS at, d.due_at AS queued FROM sequences.enrolment e LEFT JOIN sequences.due d ON d.enrolment_id = e.id WHERE e.activation_id = $1 ORDER BY 1`,
          [copyId],
        );
      const before = await dues();
      const statements: string[] = [];
      await timed(`${people} people put off`, () =>
        asks.run(statements, () =>
          stage.api.app.get(Postponements, { strict: false }).postpone(actor, copyId, { days: 7, number: 1 }),
        ),
      );
      const moved = await dues();
      const week = 7 * DAY_MS;
      expect(moved.filter(({ at, queued }) => queued?.getTime() !== at.getTime())).toEqual([]);
      expect(moved.filter(({ at }, n) => at.getTime() < before[n]!.at.getTime() + week - 3_600_000)).toEqual([]);
      const enrolments = stage.api.app.get(Enrolments, { strict: false });
      const queued = async (): Promise<number> => (await dues()).filter((one) => one.queued !== null).length;
      await stage.api.asOwner(
        'DELETE FROM sequences.due WHERE enrolment_id IN (SELECT id FROM sequences.enrolment WHERE activation_id = $1)',
        [copyId],
      );
      await timed(`${people} people woken`, () => enrolments.resume(copyId, partner.id));
      expect(await queued()).toBe(people);
      await timed(`${people} people stopped`, () => enrolments.stop(copyId, partner.id));
      expect(await queued()).toBe(0);
      return statements.filter((sql) => !sql.includes('lease_until IS NOT NULL')).length;
    };
    const ofOne = await postponementOf(1);
    expect(ofOne).toBeLessThan(20);
    expect(await postponementOf(MANY)).toBe(ofOne);
    database.query = query;
  }, 900_000);

  it('refuses what is over, others’, and days that make no sense', async () => {
    stage.toWorkingHours();
    const run = await launched(await stage.anotherCampaign());
    await after(run, 1);
    for (const days of [0, 61, 1.5, '3']) await postponement(run, days as number).expect(422);
    await partner.owner.post(`${run.path}/postponements`, { days: 3 }).expect(422);
    await stage.partner.owner.post(`${run.path}/postponements`, { days: 3, number: 1 }).expect(404);
    await stage.partner.owner.post(`${run.path}/postponements/outlook`, { days: 3 }).expect(404);
    await partner.owner.post(`${run.path}/stop`).expect(200);
    expect((await postponement(run, 3).expect(409)).body).toMatchObject({ code: 'postponement.state' });
  });
});
