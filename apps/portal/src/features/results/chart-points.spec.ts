import { byWeeks, type ChartPoint } from './chart-points';

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
