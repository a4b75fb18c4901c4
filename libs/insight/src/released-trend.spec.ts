import { releasedTrend } from './released-trend.js';

const week = (startsOn: string, ...values: number[]) => ({
  startsOn,
  numbers: values.map((value) => ({ value, sd: 10 })),
});
const SENT = { name: 'sent', rhythm: 'week', spans: 2 } as const;

describe('a figure from released numbers', () => {
  const weeks = [
    week('2026-10-05', 100),
    week('2026-10-12', 200, 40),
    week('2026-10-19', 300),
    week('2026-10-26', 401),
  ];

  it('is the sum of its newest spans, and is compared with as many before them', () => {
    const figure = releasedTrend(SENT, weeks);
    expect(figure).toMatchObject({ value: 700, before: 340, asOf: '2026-11-01' });
    expect(figure.margin).toBe(Math.ceil(1.96 * Math.sqrt(200)));
    expect(figure.points.map(({ value }) => value)).toEqual([100, 240, 300, 400]);
  });

  it('is compared with nothing where fewer spans were released before', () => {
    expect(releasedTrend(SENT, weeks.slice(1))).toMatchObject({ value: 700, before: null });
  });

  it('tells no number that noise could be most of, and none before the first release', () => {
    expect(releasedTrend(SENT, [week('2026-10-26', 12)])).toMatchObject({ value: null, points: [{ value: null }] });
    expect(releasedTrend(SENT, [])).toEqual({
      name: 'sent',
      value: null,
      before: null,
      margin: null,
      smallest: null,
      asOf: null,
      points: [],
    });
  });
});
