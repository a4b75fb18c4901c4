import fc from 'fast-check';
import type { ActivationDetail } from '#contracts';
import { systemActor } from '#kernel';
import { SendingOperations } from '#sequences';
import { publish, wholeCampaign } from '../support/campaigns.js';
import { type MailSink, openMailSink } from '../support/mail-sink.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PEOPLE = 8;
/** Histories at random; each takes six seconds. */
const RUNS = process.env['LONG'] === '1' ? 45 : 4;

const OPERATOR = systemActor('operator');
/**
 * What chance finds too seldom: a kill switch in the middle, an address that
 * bounces, and a cap that is reached.
 */
const HALTED_AND_UNKNOWN: [string, number][] = [
  ['bounce', 1],
  ['time', 0],
  ['halt', 0],
  ['time', 4],
  ['lift', 0],
  ['time', 3],
  ['time', 7],
];

/** E-mails that were decided under a halt, and a hold that outlasts it. */
const HALTED_AND_HELD: [string, number][] = [
  ['halt', 0],
  ['time', 2],
  ['time', 5],
  ['hold', 0],
  ['time', 1],
  ['time', 5],
];
/** The same e-mails, postponed before the halt ends. */
const HALTED_AND_POSTPONED: [string, number][] = [
  ['halt', 0],
  ['time', 0],
  ['postponed', 4],
];
/** The same e-mails, and a stop: each gets its reason before the halt ends. */
const HALTED_AND_STOPPED: [string, number][] = [
  ['halt', 0],
  ['time', 0],
  ['stop', 0],
];
/** More than the longest postponement of a history. */
const LONG_MS = 14 * 24 * 3_600_000;

/** A person of an activation in one look at the database. */
interface Standing {
  readonly contactId: string;
  readonly state: 'waiting' | 'running' | 'completed' | 'exited' | 'stopped';
  /** What was decided of it, by step: outcome and reason. */
  readonly decided: readonly string[];
  readonly pending: number;
  /** Why decided messages wait. */
  readonly waits: readonly string[];
  /** Messages that have left, or may have. */
  readonly left: number;
}

interface Run {
  readonly path: string;
  readonly id: string;
  readonly people: readonly { readonly id: string; readonly email: string }[];
}

describe('whatever happens to a list', () => {
  let stage: TestProduct;
  let sink: MailSink;
  let versionId: string;
  /** Whom the mail server does not know. */
  const unheardOf = new Set<string>();

  beforeAll(async () => {
    sink = await openMailSink((address) => (unheardOf.has(address) ? { code: 550, text: '5.1.1 No such user' } : null));
    // The second e-mail of a week waits for the next.
    stage = await openTestProduct({ INITIAL_HOLD_MINUTES: '0', FREQUENCY_CAP: '1', SMTP_URL: sink.url });
    ({ versionId } = await publish(stage.vendor, await wholeCampaign('everybody'), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(3_000),
    }));
  });
  afterAll(async () => {
    await stage.close();
    await sink.close();
  });

  const seen = new Set<string>();

  const launched = async (): Promise<Run> => {
    stage.toWorkingHours();
    const { owner } = stage.partner;
    const list = await stage.aList(
      owner,
      Array.from({ length: PEOPLE }, (_, at) => (at === 0 ? { consent: { basis: 'unknown' } } : {})),
    );
    const { body } = await owner.get(`/api/v1/contacts?listId=${list.id}&limit=50`).expect(200);
    const { body: run } = await stage.launch(owner, { versionId, listId: list.id }).expect(201);
    const path = `/api/v1/activations/${run.id}`;
    await until(async () => (await look(run.id as string)).length === PEOPLE, 'everybody’s enrolment');
    return { path, id: run.id as string, people: (body as { items: Run['people'] }).items };
  };

  const look = (id: string): Promise<Standing[]> =>
    stage.api.asOwner<Standing>(
      `SELECT e.contact_id AS "contactId", e.state,
         array(SELECT x.step_key || ' ' || x.outcome || ' ' || x.reason FROM sequences.step_execution x
           WHERE x.enrolment_id = e.id AND x.outcome <> 'pending' ORDER BY 1) AS decided,
         (SELECT count(*)::int FROM sequences.step_execution x WHERE x.enrolment_id = e.id AND x.outcome = 'pending') AS pending,
         array(SELECT m.reason FROM delivery.message m WHERE m.enrolment_id = e.id AND m.state = 'planned') AS waits,
         (SELECT count(*)::int FROM delivery.message m WHERE m.enrolment_id = e.id
           AND m.state IN ('accepted', 'delivered', 'bounced', 'complained', 'unknown')) AS left
       FROM sequences.enrolment e WHERE e.activation_id = $1`,
      [id],
    );

  /**
   * What cannot be: nobody twice, nobody forgotten, nobody without a reason.
   */
  const amiss = (run: Run, isStopped: boolean, standings: readonly Standing[]): string[] => {
    const found = standings.length === PEOPLE ? [] : [`${standings.length} of ${PEOPLE} are known`];
    for (const { contactId, state, decided, pending, left } of standings) {
      const who = `${run.people.findIndex(({ id }) => id === contactId)} (${state}; ${decided.join(', ')})`;
      const isOpen = state === 'waiting' || state === 'running';
      const mails = decided.filter((one) => one.includes(' sent ') && !one.startsWith('warm ')).length;
      if (mails !== left) found.push(`${who}: ${left} have left, ${mails} are said to`);
      if (pending > 1) found.push(`${who}: ${pending} at once`);
      if (!isOpen && pending > 0 && !isStopped) found.push(`${who}: is over with a decision open`);
      if (isOpen && isStopped) found.push(`${who}: goes on though all is stopped`);
      if (state === 'exited' && !decided.some((one) => /skipped|failed/.test(one)))
        found.push(`${who}: without a reason`);
      if (state === 'completed' && !decided.some((one) => one.startsWith('last-call ')))
        found.push(`${who}: too early`);
      if (state === 'stopped' && !isStopped) found.push(`${who}: stopped alone`);
    }
    return found;
  };

  const events: Readonly<Record<string, (run: Run, at: number) => Promise<unknown>>> = {
    time: async (_, at) => {
      stage.api.clock.advance((1 + at) * 20 * 3_600_000);
      stage.toWorkingHours();
    },
    suppress: ({ people }, at) => stage.partner.owner.post('/api/v1/suppressions', { email: people[at]!.email }),
    delete: ({ people }, at) => stage.partner.owner.delete(`/api/v1/contacts/${people[at]!.id}`),
    erase: ({ people }, at) => stage.partner.owner.post(`/api/v1/contacts/${people[at]!.id}/erase`, {}),
    hold: ({ path }) => stage.partner.owner.post(`${path}/hold`, {}),
    resume: ({ path }) => stage.partner.owner.post(`${path}/resume`, {}),
    postponed: ({ path }, at) => stage.partner.owner.post(`${path}/postponements`, { days: 1 + at, number: 1 }),
    // A job ends the enrolments after the answer.
    stop: async ({ path, id }) => {
      await stage.partner.owner.post(`${path}/stop`, {});
      await until(
        async () => (await look(id)).every(({ state }) => state !== 'waiting' && state !== 'running'),
        'the end of every enrolment',
      );
    },
    bounce: ({ people }, at) => Promise.resolve(unheardOf.add(people[at]!.email)),
    halt: ({ id }) => operations().halt(OPERATOR, 'activation', id, 'a test'),
    lift: ({ id }) => operations().lift(OPERATOR, 'activation', id),
  };
  const leftOf = (standings: readonly Standing[]): number => standings.reduce((sum, { left }) => sum + left, 0);
  /** Whether each decision is made, or waits for one of these reasons. */
  const isSettled = (standings: readonly Standing[], ...waits: readonly string[]): boolean =>
    standings.every(({ state, pending, waits: found }) =>
      pending === 0 ? state !== 'running' : found.length === 1 && found.every((reason) => waits.includes(reason)),
    );
  const settled = async (run: Run, ...waits: readonly string[]): Promise<void> => {
    let standings: readonly Standing[] = [];
    await until(
      async () => isSettled((standings = await look(run.id)), ...waits),
      () => `each decision to be made, or to wait as one of [${waits.join()}]: ${JSON.stringify(standings)}`,
    );
  };
  /** What the partner is shown is what the database has. */
  const agree = async (run: Run): Promise<void> => {
    const [known, standings] = [await detail(run), await look(run.id)];
    expect(known.contacts).toBe(PEOPLE);
    const open = standings.filter(({ state }) => state === 'waiting' || state === 'running');
    expect(known.waiting).toBe(open.length);
    for (const step of known.steps) {
      const countOf = (outcome: string): number =>
        standings.flatMap(({ decided }) => decided).filter((one) => one.startsWith(`${step.stepKey} ${outcome} `))
          .length;
      expect({ ...step, failed: step.failed + step.unknown, unknown: 0 }).toMatchObject({
        sent: countOf('sent'),
        skipped: countOf('skipped'),
        failed: countOf('failed'),
      });
    }
    expect(known.steps.reduce((sum, { pending }) => sum + pending, 0)).toBe(
      standings.reduce((sum, { pending }) => sum + pending, 0),
    );
  };
  /**
   * Ends what keeps decided messages: the halt, then the hold, then the
   * postponement. Each kept message names the reason that still holds, and none
   * is left at the end. A stop ends them all, also under a halt.
   */
  const release = async (run: Run, isStopped: boolean): Promise<void> => {
    if (isStopped) await settled(run);
    await operations().lift(OPERATOR, 'activation', run.id);
    const isHeld = (await detail(run)).status === 'held';
    const left = leftOf(await look(run.id));
    await settled(run, isHeld ? 'held' : 'postponed');
    await agree(run);
    if (isHeld) {
      expect(leftOf(await look(run.id))).toBeLessThanOrEqual(left);
      await stage.partner.owner.post(`${run.path}/resume`, {});
      await settled(run, 'postponed');
      await agree(run);
    }
    if ((await look(run.id)).some(({ pending }) => pending > 0)) {
      stage.api.clock.advance(LONG_MS);
      stage.toWorkingHours();
    }
    await settled(run);
    await agree(run);
  };
  const operations = (): SendingOperations => stage.api.app.get(SendingOperations, { strict: false });
  const detail = async ({ path }: Run): Promise<ActivationDetail> =>
    (await stage.partner.owner.get(path).expect(200)).body as ActivationDetail;

  it('everybody on it is sent to, left out for one reason, or waits, and the numbers say so', async () => {
    const event = fc.oneof(
      { weight: 3, arbitrary: fc.constant('time') },
      { weight: 4, arbitrary: fc.constantFrom(...Object.keys(events)) },
    );
    const history = fc.array(fc.tuple(event, fc.nat(PEOPLE - 1)), { minLength: 4, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(history, async (moments) => {
        const run = await launched();
        let isStopped = false;
        /** Messages that had left when the activation was held. */
        let leftBefore: number | null = null;
        for (const [name, at] of moments) {
          await events[name]!(run, at);
          isStopped ||= name === 'stop';
          const isHeld = (await detail(run)).status === 'held';
          leftBefore = isHeld ? (leftBefore ?? leftOf(await look(run.id))) : null;
          // In the middle of whatever is being done, too.
          for (let times = 0; times < 4; times++) {
            const standings = await look(run.id);
            expect(amiss(run, isStopped, standings)).toEqual([]);
            if (leftBefore !== null) expect(leftOf(standings)).toBeLessThanOrEqual(leftBefore);
            await new Promise((resolve) => setTimeout(resolve, 150));
          }
        }
        await release(run, isStopped);
        for (const { decided } of await look(run.id))
          for (const one of decided) seen.add(one.slice(one.indexOf(' ') + 1));
      }),
      {
        numRuns: RUNS,
        endOnFailure: true,
        examples: [[HALTED_AND_UNKNOWN], [HALTED_AND_HELD], [HALTED_AND_POSTPONED], [HALTED_AND_STOPPED]],
      },
    );
    expect([...seen]).toEqual(
      expect.arrayContaining(['sent sent', 'skipped consent-unknown', 'failed rejected-by-relay']),
    );
  }, 600_000);
});
