import { beginsWithFirst, type ChartPoint, fewEnough, sinceFirst } from './chart-points';

const point = (on: string, delivered: number | null): ChartPoint => ({
  on,
  numbers: delivered === null ? null : { delivered, clicks: 1, leads: 0 },
});

const DAY_MS = 86_400_000;
/** Points of one e-mail each, every so many days. */
const every = (days: number, count: number): ChartPoint[] =>
  Array.from({ length: count }, (_, at) =>
    point(new Date(Date.UTC(2026, 0, 5) + at * days * DAY_MS).toISOString().slice(0, 10), 1),
  );

describe('the points of a chart on a phone', () => {
  it('are days while they are few', () => {
    const days = [...every(1, 20), point('2026-01-25', null)];
    expect(fewEnough(days, 'day')).toEqual({ points: days, interval: 'day' });
  });

  it('are weeks under their Mondays, if the days are too many', () => {
    const { points, interval } = fewEnough([point('2026-01-04', 3), ...every(1, 27), point('2026-02-01', null)], 'day');
    expect(interval).toBe('week');
    expect(points.map(({ on, numbers }) => [on, numbers?.delivered])).toEqual([
      ['2025-12-29', 3],
      ['2026-01-05', 7],
      ['2026-01-12', 7],
      ['2026-01-19', 7],
      ['2026-01-26', 6],
    ]);
  });

  it.each([
    ['week', every(7, 48)],
    ['day', every(1, 336)],
  ] as const)('are months, if they are of a year by %s', (interval, year) => {
    const shown = fewEnough(year, interval);
    expect(shown.interval).toBe('month');
    expect(shown.points.map(({ on }) => on)).toEqual(
      Array.from({ length: interval === 'week' ? 11 : 12 }, (_, at) => `2026-${String(at + 1).padStart(2, '0')}-01`),
    );
    expect(shown.points.reduce((sum, { numbers }) => sum + (numbers?.delivered ?? 0), 0)).toBe(year.length);
  });
});

describe('the points of a chart since the start', () => {
  const none = { delivered: 0, clicks: 0, leads: 0 };
  const empty: ChartPoint[] = ['2026-10-05', '2026-10-12', '2026-10-19'].map((on) => ({ on, numbers: none }));
  const all = [...empty, point('2026-10-26', 3), { on: '2026-11-02', numbers: none }];

  it('begin with the first count, or an earlier launch', () => {
    expect(sinceFirst(all, []).map(({ on }) => on)).toEqual(['2026-10-26', '2026-11-02']);
    expect(sinceFirst(all, [{ on: '2026-10-21' }])[0]?.on).toBe('2026-10-19');
    expect(sinceFirst(all, [{ on: '2026-10-01' }])[0]?.on).toBe('2026-10-26');
  });

  it('are all of them for another period, and until its numbers and marks are loaded', () => {
    const loaded = { data: {}, isPlaceholderData: false };
    const loading = { data: undefined, isPlaceholderData: false };
    const old = { data: {}, isPlaceholderData: true };
    expect(beginsWithFirst('start', loaded, loaded)).toBe(true);
    for (const [period, marks] of [
      ['start', loading],
      ['start', old],
      ['year', loaded],
      [null, loaded],
    ] as const)
      expect(beginsWithFirst(period, loaded, marks)).toBe(false);
  });

  it('are all of them without a count', () => {
    expect(sinceFirst(empty, [])).toEqual(empty);
  });
});
