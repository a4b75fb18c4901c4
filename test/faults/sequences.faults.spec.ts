import { groupBy } from '#kernel';
import { advance, begin, NO_CHOICES, NOTHING_KNOWN, sequenceSchema, type EnrolmentState } from '#sequencing';
import type { SendingPartner } from '../support/sending-site.js';
import { until } from '../support/until.js';
import { ALWAYS } from '../journeys/journey-package.js';
import { Chance } from './chance.js';
import { FaultSite } from './fault-site.js';
import { FormVisitors } from './form-visitors.js';
import { listening, ListeningCrowd } from './listening-crowd.js';

const isLong = process.env['LONG'] === '1';
const PEOPLE = isLong ? 200 : 20;
/**
 * Rounds without faults by the partner's systems, without faults by clicks, and
 * with kills. Three steps each, because a sequence has at most 60.
 */
const [CALM, CLICKED, KILLED] = isLong ? [3, 1, 15] : [2, 1, 3];
const ROUNDS = CALM + CLICKED + KILLED;
const KILL_EVERY_MS = 1_500;
const SCHEDULERS = ['scheduler-1', 'scheduler-2'];
const MINUTES = 60_000;

/** The steps of one contact after these events, by the pure rules alone. */
function reference(events: number): string[] {
  const sequence = sequenceSchema.parse({ window: ALWAYS, steps: listening(ROUNDS) });
  let now = new Date('2026-11-24T12:00:00Z');
  const steps: string[] = [];
  const circumstances = () => ({
    now,
    zone: 'Europe/London',
    country: null,
    facts: NOTHING_KNOWN,
    choices: NO_CHOICES,
    arm: null,
  });
  let { next: standing } = begin(sequence, now, circumstances());
  const run = (): void => {
    for (let key = ''; standing.step !== null && !standing.step.startsWith('hear') && key !== standing.step;) {
      key = standing.step;
      const acting: EnrolmentState = advance(sequence, standing, { kind: 'due' }, circumstances()).next;
      steps.push(key);
      ({ next: standing } = advance(sequence, acting, { kind: 'decided', at: now }, circumstances()));
    }
  };
  run();
  for (let n = 0; n < events; n++) {
    now = new Date(now.getTime() + 1_000);
    const ping = { kind: 'event', name: 'ping', at: now } as const;
    const known = { ...circumstances(), facts: { ...NOTHING_KNOWN, events: [ping] } };
    ({ next: standing } = advance(sequence, standing, { kind: 'happened', events: [ping] }, known));
    run();
  }
  return steps.sort();
}

describe('contacts with events while schedulers are killed', () => {
  let faults: FaultSite;
  let crowd: ListeningCrowd;
  let kills = 0;
  const figuresOf = (sorted: readonly number[]): Record<string, number> => {
    const at = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? NaN);
    return { count: sorted.length, medianMs: at(0.5), p95Ms: at(0.95), worstMs: at(1) };
  };

  beforeAll(async () => {
    faults = await FaultSite.open({ connections: 8, leaseSeconds: 6 }, { steps: listening(ROUNDS) });
    await Promise.all(SCHEDULERS.map((name) => faults.start(name)));
    crowd = await ListeningCrowd.launch(faults, PEOPLE);
  }, 3 * MINUTES);
  afterAll(() => faults.close(), MINUTES);

  it(
    'are all moved by reports and clicks',
    async () => {
      for (let round = 0; round < CALM; round++) await crowd.ping();
      for (let round = 0; round < CLICKED; round++) await crowd.click();
      const [told, clicked] = [
        figuresOf(await crowd.latencies(1, CALM)),
        figuresOf(await crowd.latencies(CALM + 1, CALM + CLICKED)),
      ];
      process.stdout.write(`told to done: ${JSON.stringify(told)}; clicked to done: ${JSON.stringify(clicked)}\n`);
      expect(told['count']).toBe(PEOPLE * CALM);
      expect(clicked['count']).toBe(PEOPLE * CLICKED);
    },
    5 * MINUTES,
  );

  it(
    'each take exactly the path that the rules give, in spite of kills',
    async () => {
      const chance = Chance.ofRun('turns killed');
      let isOver = false;
      const breaking = (async (): Promise<void> => {
        while (!isOver) {
          const name = chance.pick(SCHEDULERS);
          await faults.kill(name);
          kills += 1;
          await faults.start(name);
          await new Promise((resolve) => setTimeout(resolve, KILL_EVERY_MS * chance.next()));
        }
      })();
      try {
        for (let round = 0; round < KILLED; round++) await crowd.ping();
      } finally {
        isOver = true;
        await breaking;
      }
      process.stdout.write(
        `${kills} kills; told to done: ${JSON.stringify(figuresOf(await crowd.latencies(ROUNDS - KILLED + 1, ROUNDS)))}\n`,
      );
      // A step that one scheduler died over is done by another, later.
      const isDone = async (): Promise<boolean> => (await crowd.steps()).every(({ outcome }) => outcome !== 'pending');
      await until(isDone, 'every step to be done', 5 * MINUTES);
      const steps = await crowd.steps();
      const byContact = groupBy(steps, ({ contactId }) => contactId);
      expect(byContact.size).toBe(PEOPLE);
      for (const [, own] of byContact) {
        expect(own.map(({ stepKey }) => stepKey).sort()).toEqual(reference(ROUNDS));
        expect(own.filter(({ outcome }) => outcome !== 'sent')).toEqual([]);
      }
      const [done] = await faults.site.api.asOwner(
        `SELECT (SELECT count(*) FROM webhooks.event WHERE type = 'sequence.step-reached')::int AS hooks,
           (SELECT count(*) FROM sequences.enrolment WHERE state = 'completed')::int AS completed,
           (SELECT count(*) FROM sequences.inbox)::int AS left`,
      );
      expect(done).toEqual({ hooks: PEOPLE * ROUNDS, completed: PEOPLE, left: 0 });
      expect(kills).toBeGreaterThan(0);
    },
    isLong ? 60 * MINUTES : 10 * MINUTES,
  );
});

/** A follow-up for each way in. */
const WAYS_IN = {
  entries: [
    { key: 'list', launch: true, start: 'welcome' },
    { key: 'answer', form: 'any', start: 'thanks' },
    { key: 'trial', event: 'trial-started', start: 'offer' },
  ],
  steps: [
    { key: 'welcome', email: 'welcome', next: 'end' },
    { key: 'thanks', email: 'proof', next: 'end' },
    { key: 'offer', email: 'workshop', next: 'end' },
  ],
};
const VISIT_EVERY_MS = 1_500;
const VISITORS = isLong ? 300 : 40;

describe('people who enter while processes are killed', () => {
  let faults: FaultSite;
  let visitors: FormVisitors;
  let activationId: string;
  let owner: SendingPartner['owner'];
  let asksLog: Readonly<Record<string, string>>;

  beforeAll(async () => {
    faults = await FaultSite.open({ connections: 8, leaseSeconds: 6 }, WAYS_IN);
    asksLog = await faults.openLog();
    await Promise.all(SCHEDULERS.map((name) => faults.start(name, asksLog)));
    const partner = await faults.site.aPartner('Entered IT');
    ({ owner } = partner);
    activationId = await faults.site.launch(partner, VISITORS);
    const { body } = await owner.get(`/api/v1/activations/${activationId}`).expect(200);
    visitors = await FormVisitors.open(faults.site, (body as { pageUrl: string }).pageUrl);
  }, 3 * MINUTES);
  afterAll(() => faults.close(), MINUTES);

  /** Kills schedulers and the API, one after the other, until `isOver`. */
  const breaking = async (isOver: () => boolean): Promise<number> => {
    const chance = Chance.ofRun('entries killed');
    for (let kills = 0; ; kills++) {
      if (isOver()) return kills;
      const name = chance.pick([...SCHEDULERS, 'api']);
      if (name === 'api') await visitors.kill();
      else {
        await faults.kill(name);
        await faults.start(name, asksLog);
      }
      await new Promise((resolve) => setTimeout(resolve, KILL_EVERY_MS * chance.next()));
    }
  };
  const entriesOf = async (): Promise<Map<string, string[]>> => {
    const rows = await faults.site.api.asOwner<{ email: string; entry: string }>(
      `SELECT c.email, e.entry_key || ' ' || e.entry_number AS entry FROM sequences.enrolment e JOIN contacts.contact c ON c.id = e.contact_id
       WHERE e.activation_id = $1 ORDER BY 1, 2`,
      [activationId],
    );
    return new Map(
      [...groupBy(rows, ({ email }) => email)].map(([email, own]) => [email, own.map(({ entry }) => entry)]),
    );
  };

  it(
    'enter once by each rule, and get each follow-up once',
    async () => {
      const listed = await faults.site.api.asOwner<{ id: string; email: string }>(
        'SELECT id, email FROM contacts.contact',
      );
      const asking = Array.from({ length: VISITORS }, (_, n) => `visitor${n}@harbour.example`);
      let isOver = false;
      const killing = breaking(() => isOver);
      try {
        for (let n = 0; n < VISITORS; n++) {
          const { id = '' } = listed[n] ?? {};
          const event = { name: 'trial-started', externalId: `trial-${n}` };
          await Promise.all([
            visitors.send(asking[n] ?? ''),
            // Their systems send it twice.
            owner.post(`/api/v1/contacts/${id}/events`, event).expect(200),
            owner.post(`/api/v1/contacts/${id}/events`, event).expect(200),
            // A restart takes seconds: without a pause, few people would meet one.
            new Promise((resolve) => setTimeout(resolve, VISIT_EVERY_MS)),
          ]);
        }
      } finally {
        isOver = true;
      }
      const kills = await killing;
      const allEntered = async (): Promise<boolean> =>
        (await faults.site.api.asOwner('SELECT 1 FROM sequences.entry_request')).length === 0;
      await until(allEntered, 'every request to enter', 5 * MINUTES);
      const recoverySeconds = await faults.settled(5 * MINUTES);
      await faults.enlightened(2 * MINUTES);
      const { delivered, ...reckoning } = await faults.reckon();
      process.stdout.write(
        `${kills} kills, settled ${recoverySeconds} s after the last; ${JSON.stringify(reckoning)}\n`,
      );
      expect(kills).toBeGreaterThan(2);
      expect(await entriesOf()).toEqual(
        new Map([
          ...listed.map(({ email }): [string, string[]] => [email, ['list 1', 'trial 1']]),
          ...asking.map((email): [string, string[]] => [email, ['answer 1']]),
        ]),
      );
      expect(reckoning).toMatchObject({ lost: 0, twice: 0, altered: 0, unaccounted: 0, unknownLeft: 0 });
      expect(delivered).toBe(3 * VISITORS);
    },
    isLong ? 60 * MINUTES : 15 * MINUTES,
  );
});
