import fc from 'fast-check';
import { MINUTE_MS } from '#kernel';
import { grantFrom, FIRST_DAY_LIMIT, INITIAL_HOLD_MESSAGES, nextDayLimit, type Stream, onDayOf } from './stream.js';

const now = new Date('2026-11-24T10:00:00Z');
const LOOK_MS = 15 * MINUTE_MS;
const later = (minutes: number): Date => new Date(now.getTime() + minutes * MINUTE_MS);
const fine = { submitted: 100, bounced: 1, complained: 0 };

const aStream = (changes: Partial<Stream> = {}): Stream => ({
  holdFrom: new Date(0),
  holdUsed: 500,
  day: '2026-11-24',
  dayLimit: FIRST_DAY_LIMIT,
  dayUsed: 0,
  bookedDay: null,
  booked: 0,
  ...changes,
});
const untils = (stream: Stream, wanted: number): string[] =>
  grantFrom(stream, wanted, now, LOOK_MS).waits.map(({ until }) => until.toISOString());

describe('the ramp of a new domain', () => {
  it('takes what a day takes, and books the rest to the days after, which take more each', () => {
    const { granted, waits, stream } = grantFrom(aStream({ dayUsed: 40 }), 460, now, LOOK_MS);
    expect(granted).toBe(60);
    const days = waits.map(({ until }) => until.toISOString().slice(0, 10));
    expect(days.filter((day) => day === '2026-11-25')).toHaveLength(200);
    expect(days.filter((day) => day === '2026-11-26')).toHaveLength(200);
    expect(new Set(waits.map(({ reason }) => reason))).toEqual(new Set(['warming-up']));
    expect(stream).toMatchObject({ dayUsed: 100, bookedDay: '2026-11-26', booked: 200 });
  });

  it('goes on booking where it left off', () => {
    const full = aStream({ dayUsed: 100, bookedDay: '2026-11-26', booked: 399 });
    expect(untils(full, 2)).toEqual(['2026-11-26T00:00:00.000Z', '2026-11-27T00:00:00.000Z']);
  });

  it('brings ten thousand people their mail within a week that goes well', () => {
    const days = new Set(untils(aStream(), 10_000));
    expect(days.size).toBe(6);
  });

  it('drops nothing and never lets more go than a day takes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 300 }),
        (wants, limit) => {
          let stream = aStream({ dayLimit: limit });
          let went = 0;
          for (const wanted of wants) {
            const made = grantFrom(stream, wanted, now, LOOK_MS);
            expect(made.granted + made.waits.length).toBe(wanted);
            for (const { until } of made.waits) expect(until > now).toBe(true);
            went += made.granted;
            ({ stream } = made);
          }
          expect(went).toBe(
            Math.min(
              limit,
              wants.reduce((sum, wanted) => sum + wanted, 0),
            ),
          );
        },
      ),
    );
  });

  it.each([
    [100, 100, fine, 200],
    [1600, 1600, fine, 3200],
    [3200, 3200, fine, 4800],
    [15_000, 15_000, fine, null],
    [200, 60, fine, 200],
    [400, 400, { submitted: 100, bounced: 3, complained: 0 }, 200],
    [400, 400, { submitted: 1000, bounced: 0, complained: 2 }, 200],
    [60, 60, { submitted: 10, bounced: 5, complained: 0 }, 50],
  ])('after a day of %i, %i of them used, it comes to what health says', (limit, taken, health, next) => {
    expect(nextDayLimit(limit, taken, health)).toBe(next);
  });

  it('begins each day with nothing taken, and grows once a day', () => {
    const yesterday = aStream({ day: '2026-11-23', dayUsed: 100 });
    const today = onDayOf(yesterday, now, fine);
    expect(today).toMatchObject({ day: '2026-11-24', dayUsed: 0, dayLimit: 200 });
    expect(onDayOf(today, later(60), fine)).toBe(today);
  });
});

describe('the first look', () => {
  const known = { dayLimit: null };

  it('lets the first 200 go and the rest wait for its end', () => {
    const begun = grantFrom(aStream({ ...known, holdFrom: null, holdUsed: 0 }), 150, now, LOOK_MS);
    expect(begun).toMatchObject({ granted: 150, stream: { holdFrom: now, holdUsed: 150 } });
    const more = grantFrom(begun.stream, 100, later(1), LOOK_MS);
    expect(more.granted).toBe(INITIAL_HOLD_MESSAGES - 150);
    expect(more.waits).toEqual(Array.from({ length: 50 }, () => ({ reason: 'initial-hold', until: later(15) })));
  });

  it('is over after its time, and for nobody where it has none', () => {
    const looked = aStream({ ...known, holdFrom: now, holdUsed: 200 });
    expect(grantFrom(looked, 500, later(15), LOOK_MS).granted).toBe(500);
    expect(grantFrom(looked, 500, now, 0).granted).toBe(500);
  });

  it('keeps to the day’s limit, too', () => {
    const fresh = aStream({ holdFrom: null, holdUsed: 0, dayLimit: 300 });
    const { granted, waits } = grantFrom(fresh, 400, now, LOOK_MS);
    expect(granted).toBe(200);
    expect(waits.map(({ reason }) => reason)).toEqual([
      ...Array.from({ length: 100 }, () => 'initial-hold'),
      ...Array.from({ length: 100 }, () => 'warming-up'),
    ]);
  });
});
