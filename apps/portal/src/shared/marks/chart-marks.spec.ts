import { type Mark, marksAt, marksOfWeeks } from './chart-marks';

const mark = (on: string, kind: Mark['kind'] = 'launched'): Mark => ({
  on,
  kind,
  campaignId: '0190a0a0-0000-7000-8000-000000000001',
  title: { en: 'Edge' },
  number: 1,
  partners: null,
});

describe('the marks of a chart', () => {
  it('stand at the week that contains their day, several of a week under one number', () => {
    const weeks = ['2026-11-02', '2026-11-09', '2026-11-16'];
    const marks = [mark('2026-11-03'), mark('2026-11-08', 'recalled'), mark('2026-11-20')];
    expect(marksAt(weeks, marks).map(({ number, on, marks: own }) => [number, on, own.length])).toEqual([
      [1, '2026-11-02', 2],
      [2, '2026-11-16', 1],
    ]);
  });

  it('leave out what was before the first point, and everything where there is none', () => {
    expect(marksAt(['2026-11-09'], [mark('2026-11-08')])).toEqual([]);
    expect(marksAt([], [mark('2026-11-08')])).toEqual([]);
  });

  it('are never moved to another week: those of weeks that are not drawn stand apart', () => {
    const [before, first, between, last, after] = [
      '2026-11-01',
      '2026-11-02',
      '2026-11-10',
      '2026-11-22',
      '2026-11-23',
    ].map((on) => mark(on));
    const all = [before, first, between, last, after].flatMap((one) => one ?? []);
    expect(marksOfWeeks(['2026-11-02', '2026-11-16'], all)).toEqual({
      groups: [
        { number: 1, on: '2026-11-02', marks: [first] },
        { number: 2, on: '2026-11-16', marks: [last] },
      ],
      outside: [before, between, after],
    });
    expect(marksOfWeeks([], all)).toEqual({ groups: [], outside: all });
  });
});
