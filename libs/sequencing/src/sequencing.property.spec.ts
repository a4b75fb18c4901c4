import fc from 'fast-check';
import { advance, type Advance, begin, type Effect, type EnrolmentState } from './advance.js';
import { type Circumstances, NO_CHOICES } from './circumstances.js';
import { afterWait, dateOn, nextOpening } from './calendar.js';
import { type Facts, type SequenceEvent, NOTHING_KNOWN } from './condition.js';
import { plannedEmails } from './planned-emails.js';
import { sequences } from './sequence.fixture.js';
import { mostActions } from './sequence-graph.js';
import type { SequenceDefinition } from './sequence-definition.js';
import { type Wait, WEEKDAYS } from './step.js';

const ZONES = [
  'Europe/London',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Nowhere/Land',
];
const zones = fc.constantFrom(...ZONES);
const instants = fc.date({
  min: new Date('2024-02-01T00:00:00Z'),
  max: new Date('2029-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const days = fc
  .integer({ min: Date.parse('2024-01-01') / 86_400_000, max: Date.parse('2030-01-01') / 86_400_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
const times = fc
  .integer({ min: 0, max: 1439 })
  .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
const waits: fc.Arbitrary<Wait> = fc.oneof(
  fc.integer({ min: 1, max: 2000 }).map((hours) => ({ hours })),
  fc.integer({ min: 1, max: 40 }).map((businessDays) => ({ businessDays })),
  fc.record({ date: days, at: fc.option(times) }),
  fc.record({ at: times, weekdays: fc.subarray([...WEEKDAYS], { minLength: 1 }) }),
);
const holidays = fc.array(days, { maxLength: 30 }).map((closed) => (date: string) => closed.includes(date));

describe('any wait, in any zone, over any holidays', () => {
  it('never goes back, and ends the later the later it began', () => {
    fc.assert(
      fc.property(instants, fc.nat(10_000_000_000), waits, zones, holidays, (from, laterMs, wait, zone, isHoliday) => {
        const late = new Date(from.getTime() + laterMs);
        const end = afterWait(from, wait, zone, isHoliday);
        const lateEnd = afterWait(late, wait, zone, isHoliday);
        // Starts on Friday at ten and on Saturday at nine both continue on
        // Monday, each at its time.
        const isInOrder = 'businessDays' in wait ? dateOn(end, zone) <= dateOn(lateEnd, zone) : end <= lateEnd;
        return end >= from && isInOrder;
      }),
      { numRuns: 300 },
    );
  });

  it('of business days never ends on one that is none', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 30 }), holidays, (from, businessDays, isHoliday) => {
        const end = afterWait(from, { businessDays }, 'UTC', isHoliday);
        return end.getUTCDay() % 6 !== 0 && !isHoliday(end.toISOString().slice(0, 10));
      }),
      { numRuns: 300 },
    );
  });
});

describe('an opening', () => {
  const window = { from: '09:00', to: '17:00', weekdays: [...WEEKDAYS] };
  it('is never on a closed day, nor in quiet hours', () => {
    fc.assert(
      fc.property(instants, holidays, (from, isClosedOn) => {
        const quietHours = { from: '12:00', to: '13:30' };
        const at = nextOpening(from, 'UTC', { window, quietHours, isClosedOn })?.toISOString() ?? '';
        return !isClosedOn(at.slice(0, 10)) && !(at.slice(11, 16) >= '12:00' && at.slice(11, 16) < '13:30');
      }),
      { numRuns: 300 },
    );
  });

  it('is the first minute that is open, with quiet hours by day, over midnight, and over the edges of the window', () => {
    const wide = { from: '05:00', to: '23:30', weekdays: [...WEEKDAYS] };
    const clock = (minutes: number): string =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(
        instants,
        fc.nat(1439),
        fc.integer({ min: 1, max: 700 }),
        holidays,
        (moment, quietFrom, long, isClosedOn) => {
          const from = new Date(Math.ceil(moment.getTime() / 60_000) * 60_000);
          const quietHours = { from: clock(quietFrom), to: clock((quietFrom + long) % 1440) };
          const isOpen = (at: Date): boolean => {
            const [date, time] = [at.toISOString().slice(0, 10), at.toISOString().slice(11, 16)];
            const minute = at.getUTCHours() * 60 + at.getUTCMinutes();
            const isQuiet = (minute - quietFrom + 1440) % 1440 < long;
            return time >= wide.from && time < wide.to && !isQuiet && !isClosedOn(date);
          };
          let first = from;
          while (!isOpen(first)) first = new Date(first.getTime() + 60_000);
          expect(nextOpening(from, 'UTC', { window: wide, quietHours, isClosedOn })).toEqual(first);
        },
      ),
      { numRuns: 300 },
    );
  });
});

const START = new Date('2026-11-24T12:00:00Z');

interface Life {
  /** Of whatever kind, by step and round. */
  readonly decisions: string[];
  readonly skipped: number;
  readonly acted: { readonly key: string; readonly at: Date }[];
  readonly standing: EnrolmentState;
}

/**
 * One contact to its end, with random events.
 * Every decision is made twice, as after a crash.
 */
function live(sequence: SequenceDefinition, zone: string, news: readonly (SequenceEvent['kind'] | null)[]): Life {
  const events: SequenceEvent[] = [];
  const decisions: string[] = [];
  let skipped = 0;
  const acted: Life['acted'] = [];
  const facts = (): Facts => ({ ...NOTHING_KNOWN, events: [...events] });
  const at = (now: Date): Circumstances => ({
    now,
    zone,
    country: null,
    facts: facts(),
    choices: NO_CHOICES,
    arm: null,
  });
  const take = (answer: () => Advance): EnrolmentState => {
    const first = answer();
    const { next: after, effects } = first;
    expect(answer()).toEqual(first);
    skipped += effects.filter(({ kind }) => kind === 'skip').length;
    for (const effect of effects) if (decided(effect)) decisions.push(`${effect.step.key} ${effect.round}`);
    return after;
  };
  let standing = take(() => begin(sequence, START, at(START)));
  for (let turn = 0; turn < 600 && standing.dueAt !== null; turn++) {
    const now = standing.dueAt;
    const told = news[turn % Math.max(1, news.length)] ?? null;
    if (told !== null && standing.state === 'waiting') {
      const event = { kind: told, name: told === 'event' ? 'told' : null, at: now };
      events.push(event);
      standing = take(() => advance(sequence, standing, { kind: 'happened', events: [event] }, at(now)));
    }
    if (standing.dueAt === null) break;
    const due = standing.dueAt > now ? standing.dueAt : now;
    standing = take(() => advance(sequence, standing, { kind: 'due' }, at(due)));
    if (standing.state !== 'acting') continue;
    acted.push({ key: standing.step ?? '', at: due });
    standing = take(() => advance(sequence, standing, { kind: 'decided', at: due }, at(due)));
  }
  return { decisions, skipped, acted, standing };
}

const decided = (effect: Effect): effect is Effect & { kind: 'act' | 'skip' } =>
  effect.kind === 'act' || effect.kind === 'skip';

describe('any sequence that compiles, for any contact, whatever comes back', () => {
  const kinds = fc.constantFrom<SequenceEvent['kind'] | null>(null, null, null, 'click', 'event', 'reply', 'form');
  const news = fc.array(kinds, { maxLength: 6 });

  it('decides each step once in a round, in the order of time, and comes to an end', () => {
    fc.assert(
      fc.property(sequences, zones, news, (sequence, zone, told) => {
        const { decisions, acted, standing } = live(sequence, zone, told);
        expect(new Set(decisions).size).toBe(decisions.length);
        const moments = acted.map(({ at }) => at.getTime());
        expect(moments).toEqual([...moments].sort((a, b) => a - b));
        expect(['completed', 'exited']).toContain(standing.state);
      }),
      { numRuns: 200 },
    );
  });

  it('never decides more different actions than its graph allows: the noise of forecasts follows from it', () => {
    fc.assert(
      fc.property(sequences, zones, news, (sequence, zone, told) => {
        const keys = live(sequence, zone, told).decisions.map((decision) => decision.split(' ')[0]);
        expect(new Set(keys).size).toBeLessThanOrEqual(mostActions(sequence));
      }),
      { numRuns: 200 },
    );
  });

  it('is planned as an inactive contact gets it', () => {
    fc.assert(
      fc.property(sequences, zones, (sequence, zone) => {
        const mails = live(sequence, zone, []).acted.filter(({ key }) =>
          sequence.steps.some((step) => step.key === key && step.kind === 'email'),
        );
        const planned = plannedEmails(sequence, START, zone).map(({ key, at }) => ({ key, at }));
        expect(planned.slice(0, 100)).toEqual(mails.slice(0, 100));
      }),
      { numRuns: 100 },
    );
  });

  it('accounts for every contact: candidates = sent + skipped + waiting', () => {
    fc.assert(
      fc.property(sequences, fc.array(fc.tuple(zones, news), { minLength: 1, maxLength: 12 }), (sequence, people) => {
        const lives = people.map(([zone, told]) => live(sequence, zone, told));
        const sum = (of: (life: Life) => number): number => lives.reduce((all, life) => all + of(life), 0);
        const waiting = sum(({ standing }) => (standing.state === 'acting' ? 1 : 0));
        expect(sum(({ acted }) => acted.length) + sum(({ skipped }) => skipped) + waiting).toBe(
          sum(({ decisions }) => decisions.length),
        );
      }),
      { numRuns: 60 },
    );
  });
});
