import { ConfigModule, readConfig } from '#config';
import { Database } from '#database';
import {
  type ActivationId,
  type ContactId,
  type EnrolmentId,
  type ReleaseId,
  type MessageId,
  newId,
  type PartnerId,
  systemActor,
  type VendorId,
} from '#kernel';
import type { SubmissionOutcome } from '#mailer';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { until } from '../../../test/support/until.js';
import {
  type DestinationAnswer,
  Destinations,
  Halts,
  LeaseSweeps,
  Ledger,
  type ReleasedClaim,
  type LeasedMessage,
  type PlannedMessage,
  settlementOf,
  Retries,
  UnknownMessages,
} from './index.js';
import { MessageOutcomes } from './message-outcomes.service.js';
import { DeliveryModule } from './index.js';

const SYSTEM = systemActor('test');
const ACCEPTED: SubmissionOutcome = { kind: 'accepted', text: 'ok' };
const UNKNOWN: SubmissionOutcome = { kind: 'unknown', text: 'reset' };
const LATER: SubmissionOutcome = {
  kind: 'transient',
  about: 'message',
  code: 451,
  enhanced: null,
  mayBeDestination: true,
  text: 'later',
};

const FREQUENCY_USE_AT = new Date('2026-11-18T10:00:00Z');
const OURS = newId<ReleaseId>();
const CONSENT = { consentRecordId: newId(), basis: 'opt-in', rules: 1 };

describe('the ledger', () => {
  let house: TestModule;
  let database: Database;
  let ledger: Ledger;
  let retries: Retries;
  let sweeps: LeaseSweeps;
  let outcomes: MessageOutcomes;
  const [partnerId, vendorId] = [newId<PartnerId>(), newId<VendorId>()];

  beforeAll(async () => {
    const config = ConfigModule.forRoot(readConfig({ SECRET_KEY: 'a key for tests, of 32 characters' }));
    house = await createTestModule([config, DeliveryModule]);
    database = house.app.get(Database);
    ledger = house.app.get(Ledger);
    retries = house.app.get(Retries);
    sweeps = house.app.get(LeaseSweeps);
    outcomes = house.app.get(MessageOutcomes);
    await run(() =>
      database.query(
        `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
         VALUES ($1, 'partner', 'Partner', 'partner', 'DE', 'Europe/Berlin', now()), ($2, 'vendor', 'Vendor', 'vendor', 'DE', 'Europe/Berlin', now())`,
        [partnerId, vendorId],
      ),
    );
  });
  // Right after PostgreSQL starts, a sweep calls nothing unknown.
  beforeAll(async () => {
    const isOld = () =>
      run(() => database.query<{ old: boolean }>(`SELECT pg_postmaster_start_time() < now() - interval '16 s' AS old`));
    await until(async () => (await isOld())[0]?.old === true, 'PostgreSQL to have run for a while');
  }, 30_000);
  afterAll(() => house.close());

  const run = <T>(work: () => Promise<T>): Promise<T> => database.inTransaction(SYSTEM, work);
  /** Whether a statement in this database waits for a lock of another transaction. */
  const isAnyWaitingForLock = async (): Promise<boolean> => {
    const waiting = await run(() =>
      database.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' LIMIT 1`,
      ),
    );
    return waiting.length > 0;
  };
  const aPlan = (): PlannedMessage => ({
    enrolmentId: newId<EnrolmentId>(),
    stepKey: 'welcome',
    occurrence: 1,
    emailKey: 'welcome',
    partnerId,
    vendorId,
    activationId: newId<ActivationId>(),
    contactId: newId<ContactId>(),
    dueAt: new Date(),
  });
  const leased = async (): Promise<LeasedMessage> => (await run(() => ledger.planLeased([aPlan()])))[0]!;
  const releaseId = ({ id, fence }: LeasedMessage, by: ReleaseId = OURS) =>
    run(() =>
      ledger.release([{ id, fence, releaseId: by, consent: CONSENT, frequencyUseAt: FREQUENCY_USE_AT, variant: 'en' }]),
    );
  const settle = (message: LeasedMessage, outcome: SubmissionOutcome, relay: string | null = 'SMTP_URL') => {
    const settlement = settlementOf(message, message.attempt + 1, outcome, 'hash', house.clock.now(), 0);
    return run(() => ledger.settle([{ ...settlement, releaseId: OURS, relay, mailGroup: 'google' }]));
  };
  const row = async (id: MessageId) =>
    (
      await run(() =>
        database.query<{
          state: string;
          fence: number;
          attempt: number;
          reason: string;
          relay: string;
          variant: string;
          unknownSince: Date | null;
        }>('SELECT * FROM delivery.message WHERE id = $1', [id]),
      )
    )[0]!;
  const leaseIsOver = (id: MessageId) =>
    run(() =>
      database.query(
        `UPDATE delivery.message SET lease_until = now() - interval '1 s', submit_until = now() - interval '1 s' WHERE id = $1`,
        [id],
      ),
    );
  const inHand = async (): Promise<LeasedMessage & ReleasedClaim> => {
    const message = await leased();
    await releaseId(message);
    return { ...message, releaseId: OURS };
  };
  const comesDue = () => house.clock.advance(3_600_000);

  it('has one row for an intent, whoever plans it and however often', async () => {
    const plan = aPlan();
    const plans = await Promise.all(Array.from({ length: 5 }, () => run(() => ledger.planLeased([plan]))));
    expect(plans.flat()).toHaveLength(1);
  });

  it('gives a chunk to one of many that hand it off', async () => {
    const message = await leased();
    const moved = await Promise.all(Array.from({ length: 5 }, () => releaseId(message)));
    expect(moved.filter(({ size }) => size === 1)).toHaveLength(1);
  });

  it('shows a job that comes late or twice nothing under its fences', async () => {
    const message = await leased();
    expect(await ledger.lockLeased(SYSTEM, [message])).toHaveLength(1);
    expect(await ledger.lockLeased(SYSTEM, [{ ...message, fence: message.fence + 1 }])).toEqual([]);
    await releaseId(message);
    expect(await ledger.lockLeased(SYSTEM, [message])).toEqual([]);
  });

  it('frees what was leased and not handed off when its lease is over, for another under a new fence', async () => {
    const message = await leased();
    await leaseIsOver(message.id);
    await sweeps.sweep();
    const [again] = (await retries.lease(100)).messages.filter(({ id }) => id === message.id);
    expect(again?.fence).toBe(message.fence + 1);
    expect((await releaseId(message)).size).toBe(0);
    expect((await releaseId(again!)).size).toBe(1);
  });

  it('remembers until when a message waited on purpose, and not until when a relay kept it waiting', async () => {
    const [meant, kept] = [await leased(), await leased()];
    const retryAt = house.clock.now();
    const put = ({ id, fence }: LeasedMessage, isIntended: boolean) => ({
      id,
      fence,
      retryAt,
      reason: 'held',
      isIntended,
    });
    await run(() => ledger.postpone([put(meant, true), put(kept, false)]));
    const again = (await retries.lease(100)).messages;
    const waitedUntil = ({ id }: LeasedMessage) => again.find((one) => one.id === id)?.waitedUntil;
    expect([waitedUntil(meant), waitedUntil(kept)]).toEqual([retryAt, null]);
  });

  it('calls what was handed off unknown when its lease is over, and repeats it never', async () => {
    const message = await inHand();
    await leaseIsOver(message.id);
    await sweeps.sweep();
    expect(await row(message.id)).toMatchObject({ state: 'unknown', reason: 'lease-expired' });
    comesDue();
    expect((await retries.lease(100)).messages.map(({ id }) => id)).not.toContain(message.id);
  });

  it('knows which recipient variant went out, whoever settles it: the process, its journal, evidence', async () => {
    const variantOf = async ({ id }: LeasedMessage): Promise<unknown> => (await row(id)).variant;
    const [byProcess, byJournal, byEvidence] = [await inHand(), await inHand(), await inHand()];
    await settle(byProcess, ACCEPTED);
    await sweeps.recover({ claimed: [byJournal], started: [], accepted: [{ ...byJournal, relay: null }] });
    await leaseIsOver(byEvidence.id);
    await sweeps.sweep();
    await run(() => outcomes.record(byEvidence.id, { state: 'delivered' }));
    expect(await Promise.all([byProcess, byJournal, byEvidence].map(variantOf))).toEqual(['en', 'en', 'en']);
    const counted = await run(() =>
      database.query(
        `SELECT variant, sum(n)::int AS n FROM insight.fact WHERE activation_id = ANY ($1) AND metric = 'sent' GROUP BY 1`,
        [[byProcess, byJournal, byEvidence].map(({ activationId }) => activationId)],
      ),
    );
    expect(counted).toEqual([{ variant: 'en', n: 3 }]);
  });

  it('believes a process that was thought dead and comes back with its fence', async () => {
    const message = await inHand();
    await leaseIsOver(message.id);
    await sweeps.sweep();
    await settle(message, ACCEPTED);
    expect(await row(message.id)).toMatchObject({ state: 'accepted', reason: 'sent' });
  });

  it('accepts the outcome of a release that PostgreSQL has lost, as after a failover to a standby', async () => {
    const [leasedStill, freed] = [await leased(), await leased()];
    await leaseIsOver(freed.id);
    await sweeps.sweep();
    for (const message of [leasedStill, freed]) await settle(message, ACCEPTED);
    expect([(await row(leasedStill.id)).state, (await row(freed.id)).state]).toEqual(['accepted', 'accepted']);
  });

  it('believes the journal of such a process, too', async () => {
    const [accepted, begun, freed] = [await leased(), await leased(), await inHand()];
    const told = (message: LeasedMessage) => ({ ...message, releaseId: OURS, relay: 'SMTP_URL' });
    await settle(freed, LATER);
    await sweeps.recover({
      claimed: [accepted, begun, freed].map(told),
      started: [told(begun)],
      accepted: [told(accepted), told(freed)],
    });
    const states = await Promise.all([accepted, begun, freed].map(async ({ id }) => (await row(id)).state));
    expect(states).toEqual(['accepted', 'unknown', 'planned']);
  });

  it('ignores a second outcome of a release that is settled and waits for its retry', async () => {
    const message = await inHand();
    await settle(message, LATER);
    expect((await settle(message, ACCEPTED)).size).toBe(0);
    expect((await row(message.id)).state).toBe('planned');
  });

  it('does not believe an old fence', async () => {
    const message = await inHand();
    expect((await settle({ ...message, fence: message.fence - 1 }, ACCEPTED)).size).toBe(0);
    expect((await row(message.id)).state).toBe('releasing');
  });

  it('settles once: what is accepted stays accepted', async () => {
    const message = await inHand();
    await settle(message, ACCEPTED);
    expect((await settle(message, LATER)).size).toBe(0);
    expect((await row(message.id)).state).toBe('accepted');
  });

  it('tries again what was refused for now, with the same id, when its time has come', async () => {
    const message = await inHand();
    await settle(message, LATER);
    expect((await retries.lease(100)).messages.map(({ id }) => id)).not.toContain(message.id);
    comesDue();
    const [again] = (await retries.lease(100)).messages.filter(({ id }) => id === message.id);
    expect(again).toMatchObject({
      id: message.id,
      fence: message.fence + 1,
      attempt: 1,
      frequencyUseAt: FREQUENCY_USE_AT,
    });
  });

  it('counts no attempt for a relay that is away', async () => {
    const message = await inHand();
    await settle(message, { ...LATER, about: 'relay' });
    expect((await row(message.id)).attempt).toBe(0);
  });

  it('records which relay and whose mail servers a message went to, and which relay left it in doubt', async () => {
    const [taken, doubted, ours] = [await inHand(), await inHand(), await inHand()];
    await settle(taken, ACCEPTED, 'relay-1');
    await settle(doubted, UNKNOWN, 'relay-2');
    await settle(ours, LATER, null);
    expect(await row(taken.id)).toMatchObject({ relay: 'relay-1', mailGroup: 'google' });
    expect(await row(doubted.id)).toMatchObject({ relay: 'relay-2', state: 'unknown' });
    expect(await row(ours.id)).toMatchObject({ relay: null });
  });

  it('takes from the journal of a dead process what was accepted, what may be out and by which relay, and what is free again', async () => {
    const [accepted, begun, untouched] = [await inHand(), await inHand(), await inHand()];
    await sweeps.recover({
      claimed: [accepted, begun, untouched],
      started: [{ ...begun, relay: 'relay-2' }],
      accepted: [{ ...accepted, relay: 'relay-1' }],
    });
    expect(await row(accepted.id)).toMatchObject({ state: 'accepted', relay: 'relay-1' });
    expect(await row(begun.id)).toMatchObject({ state: 'unknown', relay: 'relay-2' });
    expect(await row(untouched.id)).toMatchObject({ state: 'planned', relay: null });
  });

  it('takes nothing from a journal under an old fence: somebody else has it in hand', async () => {
    const message = await inHand();
    await sweeps.recover({ claimed: [message], started: [], accepted: [] });
    const [again] = (await retries.lease(100)).messages.filter(({ id }) => id === message.id);
    await releaseId(again!);
    await sweeps.recover({ claimed: [message], started: [], accepted: [] });
    expect((await row(message.id)).state).toBe('releasing');
  });

  it('does not undo another release under the same fence', async () => {
    const [message, theirs] = [await leased(), newId<ReleaseId>()];
    await releaseId(message, theirs);
    await sweeps.recover({ claimed: [{ ...message, releaseId: OURS }], started: [], accepted: [] });
    expect((await row(message.id)).state).toBe('releasing');
    await sweeps.recover({ claimed: [{ ...message, releaseId: theirs }], started: [], accepted: [] });
    expect((await row(message.id)).state).toBe('planned');
  });

  it('undoes a release of an older version, whose journal has no release id', async () => {
    const message = await inHand();
    await sweeps.recover({ claimed: [{ ...message, releaseId: null }], started: [], accepted: [] });
    expect((await row(message.id)).state).toBe('planned');
  });

  it.each([
    ['finds them gone when they were taken', true],
    ['takes them when that was undone', false],
  ])('lets a job that comes twice wait for whoever takes its messages: it %s', async (_what, isTaken) => {
    const message = await leased();
    let [isIn, letGo] = [(): void => undefined, (): void => undefined];
    const entered = new Promise<void>((resolve) => (isIn = resolve));
    const released = new Promise<void>((resolve) => (letGo = resolve));
    const first = run(async () => {
      await ledger.lockLeased(SYSTEM, [message]);
      await ledger.release([
        { ...message, releaseId: OURS, consent: CONSENT, frequencyUseAt: FREQUENCY_USE_AT, variant: 'en' },
      ]);
      isIn();
      await released;
      if (!isTaken) throw new Error('PostgreSQL goes away');
    }).catch(() => undefined);
    await entered;
    const second = ledger.lockLeased(SYSTEM, [message]);
    await until(isAnyWaitingForLock, 'the second job to wait for the row');
    letGo();
    await first;
    expect((await second)[0]?.id).toBe(isTaken ? undefined : message.id);
  });

  it('finds evidence in a journal for what a sweep has called unknown', async () => {
    const [accepted, untouched] = [await inHand(), await inHand()];
    await leaseIsOver(accepted.id);
    await leaseIsOver(untouched.id);
    await sweeps.sweep();
    await sweeps.recover({ claimed: [accepted, untouched], started: [], accepted: [{ ...accepted, relay: null }] });
    expect((await row(accepted.id)).state).toBe('accepted');
    expect((await row(untouched.id)).state).toBe('planned');
  });

  it('learns from a journal by which relay a message is in doubt that a sweep has called unknown', async () => {
    const begun = await inHand();
    await leaseIsOver(begun.id);
    await sweeps.sweep();
    const since = (await row(begun.id)).unknownSince;
    await sweeps.recover({ claimed: [begun], started: [{ ...begun, relay: 'SMTP_URL' }], accepted: [] });
    expect(await row(begun.id)).toMatchObject({
      state: 'unknown',
      reason: 'no-answer-after-end-of-data',
      relay: 'SMTP_URL',
      unknownSince: since,
    });
  });

  it('skips what is leased, and nothing that is on its way', async () => {
    const [waiting, going] = [await leased(), await inHand()];
    const skipped = await run(() =>
      ledger.skip([waiting, going].map(({ id, fence }) => ({ id, fence, reason: 'unsubscribed' }))),
    );
    expect([...skipped]).toEqual([waiting.id]);
  });

  describe('of what waits for another try', () => {
    /** Messages of a partner whose retry came at this moment. */
    const waiting = (partner: PartnerId, count: number, at: Date) =>
      run(() =>
        database.query(
          `INSERT INTO delivery.message (id, enrolment_id, step_key, occurrence, partner_id, vendor_id, activation_id, contact_id, email_key, due_at, state, fence, planned_at, retry_at)
           SELECT gen_random_uuid(), gen_random_uuid(), 'welcome', 1, $1, $2, gen_random_uuid(), gen_random_uuid(), 'welcome', $3, 'planned', 1, $3, $3 FROM generate_series(1, $4)`,
          [partner, vendorId, at, count],
        ),
      );
    const partners = (count: number): Promise<PartnerId[]> =>
      run(async () => {
        const rows = await database.query<{ id: PartnerId }>(
          `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
           SELECT id, 'partner', 'Partner', id::text, 'DE', 'Europe/Berlin', now() FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, $1)) n RETURNING id`,
          [count],
        );
        return rows.map(({ id }) => id);
      });

    it('takes somebody’s few beside somebody’s thousands that came before them', async () => {
      const [many, few] = (await partners(2)) as [PartnerId, PartnerId];
      const now = house.clock.now();
      await waiting(many, 3000, new Date(now.getTime() - 60_000));
      await waiting(few, 3, now);
      const { messages, backlogged, isMore } = await retries.lease(200);
      expect(messages.filter(({ partnerId: one }) => one === few)).toHaveLength(3);
      expect([backlogged.has(many), backlogged.has(few), isMore]).toEqual([true, false, true]);
    });

    it('comes round to everybody where more wait than one look serves', async () => {
      const all = await partners(45);
      for (const one of all) await waiting(one, 50, house.clock.now());
      const served = new Set<PartnerId>();
      for (let look = 0; look < 4; look++)
        for (const { partnerId: one } of (await retries.lease(100)).messages) served.add(one);
      expect(all.filter((one) => !served.has(one))).toEqual([]);
    });

    it('gives no message to two that look at once, and all of them in the end', async () => {
      const [one] = (await partners(1)) as [PartnerId];
      await waiting(one, 400, house.clock.now());
      const taken: string[] = [];
      for (let look = 0; look < 60; look++) {
        const found = await Promise.all([retries.lease(200), retries.lease(200)]);
        taken.push(...found.flatMap(({ messages }) => messages.filter((m) => m.partnerId === one).map(({ id }) => id)));
        if (!found.some(({ isMore }) => isMore)) break;
      }
      expect([taken.length, new Set(taken).size]).toEqual([400, 400]);
      expect(await retries.lease(200)).toEqual({ messages: [], backlogged: new Set(), isMore: false });
    });
  });

  it('uses its indexes for what it does every second, whatever the statistics say', async () => {
    const plans = await run(async () => {
      await database.query('SET LOCAL enable_seqscan = off');
      return Promise.all(
        [
          `SELECT retry_at FROM delivery.message WHERE retry_at IS NOT NULL ORDER BY retry_at LIMIT 1`,
          `SELECT id FROM delivery.message WHERE partner_id = '${partnerId}' AND retry_at <= now() ORDER BY retry_at, due_at, enrolment_id LIMIT 10`,
          `SELECT id FROM delivery.message WHERE lease_until < now() AND state = 'leased'`,
          `SELECT id FROM delivery.message WHERE unknown_since IS NOT NULL ORDER BY unknown_since LIMIT 10`,
        ].map(async (sql) => JSON.stringify(await database.query(`EXPLAIN ${sql}`))),
      );
    });
    expect(plans.map((plan) => /message_(retry_of_partner|retry|lease|unknown)/.exec(plan)?.[0])).toEqual([
      'message_retry',
      'message_retry_of_partner',
      'message_lease',
      'message_unknown',
    ]);
  });

  describe('of unknown messages', () => {
    const anUnknown = async (): Promise<LeasedMessage> => {
      const message = await inHand();
      await settle(message, UNKNOWN);
      return message;
    };
    const resolve = (message: LeasedMessage, resolution: 'accepted' | 'redrive' | 'close') =>
      run(() => house.app.get(UnknownMessages).resolve([{ id: message.id }], resolution));

    it('lists each for whoever can find evidence', async () => {
      const message = await anUnknown();
      const listed = await house.app.get(UnknownMessages).list(SYSTEM, 100);
      expect(listed.find(({ id }) => id === message.id)).toMatchObject({
        reason: 'no-answer-after-end-of-data',
        attempt: 1,
      });
    });

    it.each([
      ['accepted', 'accepted'],
      ['redrive', 'planned'],
      ['close', 'closed_unknown'],
    ] as const)('takes the decision %s, once', async (resolution, state) => {
      const message = await anUnknown();
      expect(await resolve(message, resolution)).toEqual([message.id]);
      expect((await row(message.id)).state).toBe(state);
      expect(await resolve(message, 'close')).toEqual([]);
    });

    it('goes through all of them, though thousands are of one moment and some are decided meanwhile', async () => {
      const { id } = await anUnknown();
      await run(() =>
        database.query(
          `INSERT INTO delivery.message SELECT (jsonb_populate_record(m, jsonb_build_object('id', uuidv7(), 'enrolment_id', uuidv7()))).*
           FROM delivery.message m, generate_series(1, 2300) WHERE m.id = $1`,
          [id],
        ),
      );
      const messages = house.app.get(UnknownMessages);
      const [all] = await run(() =>
        database.query<{ n: number }>(
          'SELECT count(*)::int AS n FROM delivery.message WHERE unknown_since IS NOT NULL',
        ),
      );
      const seen = new Set<string>();
      for await (const page of messages.pages(SYSTEM)) {
        for (const message of page) seen.add(message.id);
        const half = page.slice(0, page.length / 2);
        await run(() => messages.resolve(half, 'close'));
      }
      expect(all!.n).toBeGreaterThan(2_300);
      expect(seen.size).toBe(all!.n);
    });

    it('decides nothing of a try by what was found out of the one before', async () => {
      const message = await anUnknown();
      const decide = (fence: number) =>
        run(() => house.app.get(UnknownMessages).resolve([{ id: message.id, fence }], 'redrive'));
      expect(await decide(message.fence - 1)).toEqual([]);
      expect((await row(message.id)).state).toBe('unknown');
      expect(await decide(message.fence)).toEqual([message.id]);
    });

    const told = (message: LeasedMessage, state: 'delivered' | 'accepted') =>
      run(() => outcomes.record(message.id, { state }));

    it.each(['delivered', 'accepted'] as const)(
      'is not sent again once it is told to be %s, though it was driven again',
      async (state) => {
        const message = await anUnknown();
        await resolve(message, 'redrive');
        expect(await told(message, state)).toBe(state);
        comesDue();
        expect((await retries.lease(10_000)).messages.map(({ id }) => id)).not.toContain(message.id);
      },
    );

    it('is handed off by nobody who had leased it again before it was told of', async () => {
      const message = await anUnknown();
      await resolve(message, 'redrive');
      comesDue();
      const again = (await retries.lease(10_000)).messages.find(({ id }) => id === message.id)!;
      await told(message, 'delivered');
      expect((await releaseId(again)).size).toBe(0);
      expect((await row(message.id)).state).toBe('delivered');
    });

    it('is told of though it was closed', async () => {
      const message = await anUnknown();
      await resolve(message, 'close');
      expect(await told(message, 'delivered')).toBe('delivered');
    });

    it('is not told of before its first try: somebody made that up', async () => {
      const message = await leased();
      expect(await told(message, 'delivered')).toBe('leased');
    });

    it('believes nobody any more who had it in hand before it was driven again', async () => {
      const message = await anUnknown();
      await resolve(message, 'redrive');
      expect((await settle(message, ACCEPTED)).size).toBe(0);
    });
  });

  describe('of destinations', () => {
    const answer = async (kind: DestinationAnswer['kind'], groups: readonly string[]): Promise<void> => {
      const answers = groups.map((group) => ({
        group,
        kind,
        text: kind === 'unexplained' ? '451 later' : '4.7.1 slow down',
      }));
      const committed = await run(() => house.app.get(Destinations).recordAnswers(answers));
      committed();
    };
    const note = async (refused: string[], taken: string[]): Promise<void> => {
      await answer('slow-down', refused);
      await answer('accepted', taken);
    };
    const paused = (domain: string) => run(() => house.app.get(Destinations).paused([domain]));

    it('waits twice as long each time one speaks of rates, and forgets it when one takes mail again', async () => {
      await note(['busy.example'], []);
      const first = (await paused('busy.example')).get('busy.example')!.getTime() - house.clock.now().getTime();
      house.clock.advance(130_000);
      expect((await paused('busy.example')).size).toBe(0);
      await note(['busy.example'], []);
      const second = (await paused('busy.example')).get('busy.example')!.getTime() - house.clock.now().getTime();
      expect(Math.round(second / first)).toBe(2);
      await note([], ['busy.example']);
      expect((await paused('busy.example')).size).toBe(0);
    });

    it('holds for all domains that the same mail servers serve, and lets their mail go on slowly', async () => {
      const domains = ['one.example', 'two.example', 'three.example'];
      await run(() =>
        database.query(
          `INSERT INTO delivery.mail_group (domain, mail_group, next_look_at) SELECT d, 'google', now() + interval '1 day' FROM unnest($1::text[]) d`,
          [domains.slice(0, 2)],
        ),
      );
      await note(['google'], []);
      expect((await paused('two.example')).size).toBe(1);
      expect((await paused('three.example')).size).toBe(0);
      house.clock.advance(121_000);
      const take = (count: number) =>
        run(() => house.app.get(Destinations).reserve(Array.from({ length: count }, (_, n) => domains[n % 2]!)));
      // 60 a minute for two minutes, and never more at once than a minute
      // brings.
      const went = await Promise.all([take(50), take(50), take(50)]);
      expect(went.flat().filter((until) => until === null)).toHaveLength(70);
      expect(went.flat().filter((until) => until !== null && until > house.clock.now())).toHaveLength(80);
      expect(await run(() => house.app.get(Destinations).reserve(['three.example']))).toEqual([null]);
      // Slower after the next refusal, and free once it took mail for long
      // enough.
      await note(['google'], []);
      house.clock.advance(3 * 3_600_000);
      expect((await take(500)).filter((until) => until !== null)).toEqual([]);
      await note([], ['google']);
      expect(await run(() => database.query(`SELECT 1 FROM delivery.destination WHERE mail_group = 'google'`))).toEqual(
        [],
      );
    });

    it('waits as well when one refuses again and again without a reason, and not for a message or two', async () => {
      await answer('unexplained', ['mute.example', 'mute.example', 'shy.example', 'mute.example', 'mute.example']);
      await answer('accepted', ['shy.example']);
      expect((await paused('mute.example')).size).toBe(0);
      await answer('unexplained', ['mute.example']);
      const until = (await paused('mute.example')).get('mute.example')!;
      expect(Math.round((until.getTime() - house.clock.now().getTime()) / 1000)).toBe(120);
      expect((await paused('shy.example')).size).toBe(0);
      // What it says after the pause is counted anew, and one that it takes
      // ends the waiting.
      house.clock.advance(121_000);
      await answer('unexplained', ['mute.example']);
      expect((await paused('mute.example')).size).toBe(0);
      await answer(
        'unexplained',
        Array.from({ length: 4 }, () => 'mute.example'),
      );
      expect(
        Math.round(
          ((await paused('mute.example')).get('mute.example')!.getTime() - house.clock.now().getTime()) / 1000,
        ),
      ).toBe(240);
      await answer('accepted', ['mute.example']);
      expect((await paused('mute.example')).size).toBe(0);
    });

    it('counts an answer once, however often its transaction is tried', async () => {
      const three = Array.from({ length: 3 }, () => ({
        group: 'twice.example',
        kind: 'unexplained' as const,
        text: '451',
      }));
      for (let n = 0; n < 4; n += 1) await run(() => house.app.get(Destinations).recordAnswers(three));
      expect((await paused('twice.example')).size).toBe(0);
    });

    it('counts once what many messages were told together', async () => {
      await note(['crowd.example'], []);
      const until = (await paused('crowd.example')).get('crowd.example');
      await note(['crowd.example'], []);
      expect((await paused('crowd.example')).get('crowd.example')).toEqual(until);
    });
  });

  describe('of halts', () => {
    const subject = { vendorId, partnerId, campaignId: newId(), activationId: newId() };

    it.each([
      ['everything', null],
      ['vendor', subject.vendorId],
      ['partner', subject.partnerId],
      ['campaign', subject.campaignId],
      ['activation', subject.activationId],
    ] as const)('covers %s until it is lifted', async (scope, subjectId) => {
      const halts = house.app.get(Halts);
      await halts.halt(SYSTEM, { scope, subjectId, reason: 'a test' });
      await halts.halt(SYSTEM, { scope, subjectId, reason: 'twice is once' });
      expect((await halts.inForce()).covers(subject)).toBe(true);
      expect((await halts.inForce()).all).toHaveLength(1);
      expect(await halts.lift(SYSTEM, scope, subjectId, ['operator'])).toBe(true);
      expect((await halts.inForce()).covers(subject)).toBe(false);
      expect(await halts.lift(SYSTEM, scope, subjectId, ['operator'])).toBe(false);
    });

    it('covers nobody else', async () => {
      const halts = house.app.get(Halts);
      await halts.halt(SYSTEM, { scope: 'partner', subjectId: newId(), reason: 'another' });
      expect((await halts.inForce()).covers(subject)).toBe(false);
    });

    it('is refused without the id it needs', async () => {
      const halt = house.app.get(Halts).halt(SYSTEM, { scope: 'partner', subjectId: null, reason: 'a test' });
      await expect(halt).rejects.toMatchObject({ code: 'halt.subject', details: { field: 'subjectId' } });
    });
  });
});
