import { beginsWithFirst, byWeeks, type ChartPoint, sinceFirst } from './chart-points';

const point = (on: string, delivered: number | null): ChartPoint => ({
  on,
  numbers: delivered === null ? null : { delivered, clicks: 1, leads: 0 },
});

describe('the points of a chart by weeks', () => {
  it('are the sums of their days, under their Mondays', () => {
    const days = [point('2026-11-05', 3), point('2026-11-08', 4), point('2026-11-09', null), point('2026-11-10', 5)];
    expect(byWeeks(days)).toEqual([
      { on: '2026-11-02', numbers: { delivered: 7, clicks: 2, leads: 0 } },
      { on: '2026-11-09', numbers: { delivered: 5, clicks: 1, leads: 0 } },
    ]);
  });

  it('stay as they are if they are weeks, also without numbers', () => {
    const weeks = [point('2026-11-02', 3), point('2026-11-09', null)];
    expect(byWeeks(weeks)).toEqual(weeks);
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
