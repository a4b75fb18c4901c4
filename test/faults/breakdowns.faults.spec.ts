import { until } from '../support/until.js';
import { Chance } from './chance.js';
import { MovedClocks } from './clock-jumps.js';
import { DoubtsOnRecord } from './doubts-on-record.js';
import { FaultSite, NOTHING_LOST_OR_TWICE, type Reckoning } from './fault-site.js';
import { inTheMiddleOf } from './outages.js';
import { refuseAtEveryVerb } from './relay-refusals.js';
import type { SmtpFaultName } from './smtp-fault.js';
import { launchTwoVersions } from './two-versions.js';
import { raceUnsubscribes } from './unsubscribe-race.js';

const isLong = process.env['LONG'] === '1';
const MESSAGES = isLong ? 3_000 : 300;
/** More messages than schedulers and queue hold together. */
const MANY = isLong ? 10_000 : 1_000;
const SOME = isLong ? 3_000 : 600;
const FEW = 20;
const LEASE_SECONDS = 6;
const SCHEDULERS = ['scheduler-1', 'scheduler-2'];
const MINUTES = 60_000;

/**
 * State and reason after the first attempt, by fault.
 * Refused for now: sent later. Unknown: not repeated without evidence.
 */
const LATER = 'planned deferred-by-relay';
const NEVER = 'failed rejected-by-relay';
const UNKNOWN = 'unknown no-answer-after-end-of-data';
/** Depends on timing: end-of-data may have been sent already. */
const EITHER = expect.stringMatching(new RegExp(`^(${LATER}|${UNKNOWN})$`)) as string;
/**
 * Refused before end-of-data, if the refusal arrives before the connection
 * breaks.
 */
const REFUSED_OR_BROKEN = expect.stringMatching(new RegExp(`^(${NEVER}|${LATER}|${UNKNOWN})$`)) as string;
const OUTCOMES: Record<SmtpFaultName, string> = {
  '421 at MAIL': LATER,
  'hang at MAIL': LATER,
  'drop at MAIL': LATER,
  '552 at MAIL': NEVER,
  '451 at RCPT': LATER,
  '452 at RCPT': LATER,
  '552 at RCPT': NEVER,
  '421 at DATA': LATER,
  '451 at DATA': LATER,
  '552 at DATA': NEVER,
  'drop at DATA': LATER,
  'hang at DATA': LATER,
  'drop in DATA': EITHER,
  'hang in DATA': EITHER,
  '421 in DATA': EITHER,
  '451 in DATA': EITHER,
  '552 in DATA': REFUSED_OR_BROKEN,
  '421 after the end of data': LATER,
  '451 after the end of data': LATER,
  '452 after the end of data': LATER,
  '552 after the end of data': NEVER,
  'drop after the end of data, not taken': UNKNOWN,
  'drop after the end of data, taken': UNKNOWN,
  'hang after the end of data, not taken': UNKNOWN,
  'hang after the end of data, taken': UNKNOWN,
};

/**
 * Each breakdown on its own, with the processes of production.
 * The log of the receiving server is the truth.
 */
describe('two schedulers that send', () => {
  let faults: FaultSite;
  let chance: Chance;
  let before: Reckoning;
  const say = (what: string, figures: unknown): void =>
    void process.stdout.write(`${what}: ${JSON.stringify(figures)}\n`);
  /** Messages that became unknown since the test began. */
  const newlyUnknown = async (): Promise<number> => (await faults.reckon()).unknownLeft - before.unknownLeft;

  beforeAll(async () => {
    chance = Chance.ofRun('breakdowns');
    faults = await FaultSite.open({ connections: 8, leaseSeconds: LEASE_SECONDS });
    await Promise.all(SCHEDULERS.map((name) => faults.start(name)));
  }, 3 * MINUTES);
  beforeEach(async () => {
    faults.server.faultOf = () => null;
    before = await faults.reckon();
  });
  afterEach(async () => {
    const recoverySeconds = await faults.settled(2 * MINUTES);
    const after = await faults.reckon();
    say('until now', { ...after, recoverySeconds });
    expect(await faults.fallen()).toEqual([]);
    expect(after).toMatchObject(NOTHING_LOST_OR_TWICE);
  }, 3 * MINUTES);
  afterAll(() => faults.close(), MINUTES);

  it(
    'record each refusal, lost connection and timeout before, in and after DATA, and send the rest later',
    async () => {
      const outcomes = await refuseAtEveryVerb(faults);
      expect(Object.fromEntries(outcomes)).toEqual(OUTCOMES);
      await faults.settled(2 * MINUTES);
      expect(await newlyUnknown()).toBe([...outcomes.values()].filter((outcome) => outcome === UNKNOWN).length);
    },
    4 * MINUTES,
  );

  it(
    'wait while Redis is down for longer than a lease, and continue with an empty one',
    async () => {
      const awayMs = isLong ? MINUTES : LEASE_SECONDS * 1_200;
      say('Redis was back', await inTheMiddleOf(faults, MANY, () => faults.site.redis.crash(awayMs)));
      expect(await newlyUnknown()).toBe(0);
    },
    5 * MINUTES,
  );

  it(
    'wait while PostgreSQL is down for longer than a lease, and keep every answer of the relay',
    async () => {
      const doubts = await DoubtsOnRecord.begin(faults);
      const awayMs = LEASE_SECONDS * 1_500;
      say('PostgreSQL was back', await inTheMiddleOf(faults, MESSAGES, () => faults.site.postgres.crash(awayMs)));
      // Their lease ended before PostgreSQL was back. The process that had
      // submitted them reports their outcome.
      expect(await doubts.end()).toEqual([]);
    },
    5 * MINUTES,
  );

  it(
    'start no submission to a contact after an unsubscribe request was answered',
    async () => {
      const plan = { messages: SOME, leaving: isLong ? 1_000 : 100, leaseSeconds: LEASE_SECONDS };
      const report = await raceUnsubscribes(faults, plan, chance.branch());
      say('unsubscribe race', report);
      expect(report.begunAfterwards).toBe(0);
      expect(report.longestOverlapMs).toBeLessThan(LEASE_SECONDS * 1_000);
      expect(report.sentAllTheSame).toBeLessThan(report.unsubscribed);
    },
    5 * MINUTES,
  );

  it(
    'send two versions of a campaign at once: each mail is of its activation, and no contact gets both',
    async () => {
      const report = await launchTwoVersions(faults, MESSAGES);
      say('two versions', report);
      expect(report.twice).toBe(0);
      expect(Object.keys(report.sent).sort()).toEqual(['1 1', '2 2']);
      const sent = Object.values(report.sent).reduce((sum, count) => sum + count);
      expect(sent).toBeGreaterThanOrEqual(report.people - 8);
    },
    5 * MINUTES,
  );

  it(
    'send correctly if wall clocks jump an hour forward and back',
    async () => {
      const clocks = await MovedClocks.start(faults, SCHEDULERS);
      const rounds = isLong ? 5 : 1;
      await inTheMiddleOf(faults, SOME, async () => {
        for (let round = 0; round < rounds; round++) await clocks.jump(1_000);
      });
      expect(await newlyUnknown()).toBe(0);
    },
    5 * MINUTES,
  );

  it(
    'send on time if the clocks of their machines are an hour ahead or behind',
    async () => {
      const clocks = await MovedClocks.start(faults, SCHEDULERS);
      for (const hours of [1, -1]) {
        clocks.ahead(hours);
        const { size } = faults.server.accepted;
        const startAt = new Date(Date.now() + 10_000);
        await faults.site.launch(await faults.site.aPartner(`Wrong by ${hours} h`), FEW, startAt);
        await until(() => faults.server.accepted.size > size, 'the first mail');
        const lateMs = Date.now() - startAt.getTime();
        say('after its time', { hours, seconds: Math.round(lateMs / 100) / 10 });
        expect(lateMs).toBeGreaterThanOrEqual(0);
        await until(() => faults.server.accepted.size === size + FEW, 'all of them');
      }
    },
    5 * MINUTES,
  );
});
