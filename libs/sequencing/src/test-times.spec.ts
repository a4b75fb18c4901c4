import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { actionMoment } from './advance.js';
import { emailOf, sendTimeOf, testedStepOf, timeKey, timeOf } from './arms.js';
import { delaysOf } from './delays.js';
import { plannedEmails } from './planned-emails.js';
import { rehearse } from './rehearse.js';
import { sequenceProblems } from './sequence-problems.js';
import { aSequence, circumstances } from './sequence.fixture.js';
import { isAction, type SendTime, WEEKDAYS } from './step.js';

const EARLY = { from: '09:00', to: '11:00' };
const LATE = { from: '15:00', to: '17:00', weekdays: ['thu', 'tue'] };
const KEYS = ['09:00-11:00', '15:00-17:00 tue,thu'] as const;
const tested = (times: readonly object[] = [EARLY, LATE], over: object = {}) =>
  aSequence({
    steps: [
      { key: 'welcome', email: 'welcome', testTimes: times },
      { key: 'pause', wait: { days: 1 } },
      { key: 'more', email: 'more' },
    ],
    ...over,
  });
const at = (iso: string): Date => new Date(iso);

describe('a step that tests times', () => {
  const sequence = tested();
  const [step] = sequence.steps;
  if (step?.kind !== 'email') throw new Error('The first step sends an e-mail.');

  it('has an arm for each time, with a name that says it', () => {
    expect(testedStepOf(sequence)).toEqual({ stepKey: 'welcome', of: 'time', arms: KEYS });
    expect(KEYS.map(timeOf)).toEqual([EARLY, { ...LATE, weekdays: ['tue', 'thu'] }]);
    expect(timeOf('welcome-2')).toBeNull();
    expect(sendTimeOf(step, 'gone')).toBeNull();
    expect(emailOf(step, KEYS[0])).toBe('welcome');
  });

  it('sends to each contact within its time, and to others in the window', () => {
    // A Wednesday.
    const startAt = at('2026-11-25T12:00:00Z');
    const times = [...KEYS, null].map((arm) =>
      rehearse(sequence, {
        startAt,
        until: at('2027-01-01T00:00:00Z'),
        zone: 'Europe/London',
        country: null,
        fields: {},
        lists: [],
        choices: circumstances().choices,
        arm,
        events: [],
      }).steps.map(({ at: sentAt }) => sentAt.toISOString().slice(0, 16)),
    );
    expect(times).toEqual([
      ['2026-11-26T09:00', '2026-11-27T09:00'],
      ['2026-11-26T15:00', '2026-11-27T15:00'],
      ['2026-11-25T12:00', '2026-11-26T12:00'],
    ]);
    expect(plannedEmails(sequence, startAt, 'Europe/London')[0]?.at).toEqual(at('2026-11-26T09:00:00Z'));
  });

  it('says that the test delays the e-mail', () => {
    const wanted = at('2026-11-25T12:00:00Z');
    const moved = delaysOf(sequence, step, { wanted, at: at('2026-11-26T15:00:00Z') }, circumstances({ arm: KEYS[1] }));
    expect(moved).toEqual([{ reason: 'test-time', since: wanted }]);
  });

  it('is refused with times outside the window, in quiet hours, twice, or beside another test', () => {
    const codes = (times: readonly object[], over: object = {}): string[] =>
      sequenceProblems(tested(times, over)).map(({ code, path }) => `${code} ${path.join('.')}`);
    expect(codes([EARLY, LATE])).toEqual([]);
    expect(codes([EARLY, { from: '16:00', to: '18:00' }])).toEqual(['test-time-outside steps.0.testTimes.1']);
    expect(codes([EARLY, { ...LATE, weekdays: ['sat'] }])).toEqual(['test-time-outside steps.0.testTimes.1']);
    expect(codes([EARLY, LATE], { quietHours: { from: '08:00', to: '12:00' } })).toEqual([
      'test-time-quiet steps.0.testTimes.0',
    ]);
    expect(codes([EARLY, EARLY])).toEqual(['arm-twice steps.0.testTimes']);
    const other = { key: 'last', email: 'last', test: ['last-2'] };
    expect(codes([EARLY, LATE], { steps: [...WRITTEN, { key: 'wait', wait: { days: 1 } }, other] })).toEqual([
      'second-test steps.2.test',
    ]);
    expect(() => tested([EARLY])).toThrow();
    expect(() => tested([EARLY, { from: '11:00', to: '09:00' }])).toThrow('ends before it begins');
    const both = { key: 'welcome', email: 'welcome', test: ['b'], testTimes: [EARLY, LATE] };
    expect(() => aSequence({ steps: [both] })).toThrow('not both');
  });
});

const WRITTEN = [{ key: 'welcome', email: 'welcome', testTimes: [EARLY, LATE] }];

describe('a tested time, for any moment, zone and time', () => {
  const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
  const times = fc
    .tuple(
      fc.integer({ min: 6, max: 18 }),
      fc.integer({ min: 1, max: 4 }),
      fc.subarray([...WEEKDAYS], { minLength: 1 }),
    )
    .map(([hour, length, weekdays]): SendTime => ({ from: clock(hour), to: clock(hour + length), weekdays }));
  const zones = fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe');
  const instants = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z'), noInvalidDate: true });

  it('is when the e-mail goes, on a day that is open, and never before it is due', () => {
    fc.assert(
      fc.property(instants, zones, times, fc.boolean(), (from, zone, time, isHoliday) => {
        const closed = from.toISOString().slice(0, 10);
        const sequence = aSequence({
          window: { from: '06:00', to: '23:00', weekdays: WEEKDAYS },
          ...(isHoliday ? { holidays: { all: [closed] } } : {}),
          steps: [{ key: 'one', email: 'one', testTimes: [time, { from: '06:00', to: '07:00' }] }],
        });
        const [step] = sequence.steps;
        if (step === undefined || !isAction(step)) return false;
        const sentAt = actionMoment(sequence, step, from, circumstances({ zone, arm: timeKey(time) }));
        if (sentAt === null || sentAt < from) return false;
        const local = Temporal.Instant.fromEpochMilliseconds(sentAt.getTime()).toZonedDateTimeISO(zone);
        const clockTime = local.toPlainTime().toString({ smallestUnit: 'minute' });
        const isOnDay = time.weekdays?.includes(WEEKDAYS[(local.dayOfWeek - 1) as 0]) === true;
        const isOpen = !isHoliday || local.toPlainDate().toString() !== closed;
        return isOnDay && isOpen && clockTime >= time.from && clockTime < time.to;
      }),
      { numRuns: 300 },
    );
  });

  it('is found again after a delay: at the moment itself it is open', () => {
    fc.assert(
      fc.property(instants, zones, times, (from, zone, time) => {
        const sequence = aSequence({
          window: { from: '06:00', to: '23:00', weekdays: WEEKDAYS },
          steps: [{ key: 'one', email: 'one', testTimes: [time, { from: '06:00', to: '07:00' }] }],
        });
        const [step] = sequence.steps;
        if (step === undefined || !isAction(step)) return false;
        const known = circumstances({ zone, arm: timeKey(time) });
        const sentAt = actionMoment(sequence, step, from, known);
        return sentAt !== null && actionMoment(sequence, step, sentAt, known)?.getTime() === sentAt.getTime();
      }),
      { numRuns: 100 },
    );
  });
});
