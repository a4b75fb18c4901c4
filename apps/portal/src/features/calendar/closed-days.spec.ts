import { toCalendar, type ClosedDays, isKnown, isTooLong, mergedRows, toRows, addDays } from './closed-days';

const row = (from: string, to: string, name: string, holidayOf: string | null): ClosedDays => ({
  from,
  to,
  name,
  holidayOf,
});

describe('closed days', () => {
  it('become sorted rows, and the same calendar again', () => {
    const calendar = {
      blackouts: [{ from: '2026-12-24', to: '2027-01-03', name: 'Break' }],
      holidays: { DE: ['2026-10-03'], all: ['2026-12-31'] },
      holidayNames: { DE: { '2026-10-03': 'Unity' } },
    };
    const rows = toRows(calendar);
    expect(rows.map(({ from, name }) => `${from} ${name}`)).toEqual([
      '2026-10-03 Unity',
      '2026-12-24 Break',
      '2026-12-31 ',
    ]);
    expect(toCalendar(rows)).toEqual(calendar);
  });

  it('of a holiday become one row per day, across the end of a month', () => {
    const rows = addDays([], row('2026-02-28', '2026-03-01', 'Carnival', 'DE'));
    expect(rows.map(({ from, to }) => [from, to])).toEqual([
      ['2026-02-28', '2026-02-28'],
      ['2026-03-01', '2026-03-01'],
    ]);
  });

  it('are not added twice, also inside a longer range', () => {
    const rows = addDays([], row('2026-12-24', '2027-01-03', 'Break', null));
    expect(isKnown(rows, row('2026-12-26', '2026-12-27', '', null))).toBe(true);
    expect(addDays(rows, row('2026-12-26', '2026-12-27', '', null))).toEqual(rows);
    expect(isKnown(rows, row('2026-12-26', '2026-12-27', '', 'DE'))).toBe(false);
  });

  it('are limited to two months per entry', () => {
    expect(isTooLong({ from: '2026-01-01', to: '2026-03-03' })).toBe(false);
    expect(isTooLong({ from: '2026-01-01', to: '2026-03-04' })).toBe(true);
  });

  it('changed by two users at once contain the additions, new names and removals of both', () => {
    const [a, b, c, d] = [1, 2, 3, 4].map((day) => row(`2026-05-0${day}`, `2026-05-0${day}`, `day ${day}`, null));
    const [mine, theirs] = [
      row('2026-06-01', '2026-06-01', 'mine', null),
      row('2026-07-01', '2026-07-01', 'theirs', 'DE'),
    ];
    const base = [a!, b!, c!, d!];
    const merged = mergedRows(
      base,
      [{ ...a!, name: 'my name' }, c!, d!, mine],
      [a!, b!, { ...d!, name: 'their name' }, theirs],
    );
    expect(merged.map(({ name }) => name)).toEqual(['my name', 'their name', 'mine', 'theirs']);
  });
});
