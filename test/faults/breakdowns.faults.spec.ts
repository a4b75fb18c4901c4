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
/** More than schedulers and queue have in hand together. */
const MANY = isLong ? 10_000 : 1_000;
const SOME = isLong ? 3_000 : 600;
const FEW = 20;
const LEASE_SECONDS = 6;
const SCHEDULERS = ['scheduler-1', 'scheduler-2'];
const MINUTES = 60_000;

/** After the first try. Refused for now: it is sent later. Unknown: nobody but the relay knows, and it is not repeated. */
const LATER = 'planned deferred-by-relay';
const NEVER = 'failed rejected-by-relay';
const UNKNOWN = 'unknown no-answer-after-end-of-data';
/** Whether the end of the message was on its way already depends on who is quicker. */
const EITHER = expect.stringMatching(new RegExp(`^(${LATER}|${UNKNOWN})$`)) as string;
/** Whose refusal comes before its end is refused, if it is heard before the connection breaks. */
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

/** Each breakdown for itself, with the processes of production; the receiving server's log is the truth. */
describe('two schedulers that send', () => {
  let faults: FaultSite;
  let chance: Chance;
  let before: Reckoning;
  const say = (what: string, figures: unknown): void =>
    void process.stdout.write(`${what}: ${JSON.stringify(figures)}\n`);
  /** What has become unknown since the test began. */
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
    'record what a relay refuses, drops and leaves hanging before, in and after DATA, and send the rest later',
    async () => {
      const outcomes = await refuseAtEveryVerb(faults);
      expect(Object.fromEntries(outcomes)).toEqual(OUTCOMES);
      await faults.settled(2 * MINUTES);
      expect(await newlyUnknown()).toBe([...outcomes.values()].filter((outcome) => outcome === UNKNOWN).length);
    },
    4 * MINUTES,
  );

  it(
    'wait while Redis is away for longer than a lease, and go on with an empty one',
    async () => {
      const awayMs = isLong ? MINUTES : LEASE_SECONDS * 1_200;
      say('Redis was back', await inTheMiddleOf(faults, MANY, () => faults.site.redis.crash(awayMs)));
      expect(await newlyUnknown()).toBe(0);
    },
    5 * MINUTES,
  );

  it(
    'wait while PostgreSQL is away for longer than a lease, and doubt nothing of what the relay has answered meanwhile',
    async () => {
      const doubts = await DoubtsOnRecord.begin(faults);
      const awayMs = LEASE_SECONDS * 1_500;
      say('PostgreSQL was back', await inTheMiddleOf(faults, MESSAGES, () => faults.site.postgres.crash(awayMs)));
      // Their lease was over before PostgreSQL was back, and whoever had them in hand says what became of them.
      expect(await doubts.end()).toEqual([]);
    },
    5 * MINUTES,
  );

  it(
    'pass nobody by who leaves: once that is answered no hand-over begins',
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
    'send two versions of a campaign at once: each mail is its activation’s, and nobody gets both',
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
    'are not confused by wall clocks that jump an hour forward and back',
    async () => {
      const clocks = await MovedClocks.of(faults, SCHEDULERS);
      const rounds = isLong ? 5 : 1;
      await inTheMiddleOf(faults, SOME, async () => {
        for (let round = 0; round < rounds; round++) await clocks.jump(1_000);
      });
      expect(await newlyUnknown()).toBe(0);
    },
    5 * MINUTES,
  );

  it(
    'send nothing before its time where the clocks of their machines are an hour ahead, and nothing late where they are behind',
    async () => {
      const clocks = await MovedClocks.of(faults, SCHEDULERS);
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
