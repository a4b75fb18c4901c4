import { daysOfSpans, lastDayOf, newestDue, nextStart, releasedOn, startOf, withSpan } from './release-calendar.js';
import { addDays } from './window.js';

describe('the calendar of released results', () => {
  it('releases a week on the Monday eight days after it', () => {
    expect(startOf('week', '2026-11-25')).toBe('2026-11-23');
    expect(lastDayOf('week', '2026-11-23')).toBe('2026-11-29');
    expect(releasedOn('week', '2026-11-23')).toBe('2026-12-07');
    expect(newestDue('week', '2026-12-06')).toBe('2026-11-16');
    expect(newestDue('week', '2026-12-07')).toBe('2026-11-23');
  });

  it('releases four weeks twelve days after them', () => {
    const startsOn = startOf('four-weeks', '2026-11-25');
    expect(addDays(startsOn, 27)).toBe(lastDayOf('four-weeks', startsOn));
    expect(releasedOn('four-weeks', startsOn)).toBe(addDays(startsOn, 39));
    expect(newestDue('four-weeks', addDays(startsOn, 38))).toBe(addDays(startsOn, -28));
    expect(newestDue('four-weeks', addDays(startsOn, 39))).toBe(startsOn);
  });

  it('has each day in exactly one span', () => {
    for (let day = '2026-01-01'; day < '2027-02-01'; day = addDays(day, 1))
      for (const rhythm of ['week', 'four-weeks'] as const) {
        const startsOn = startOf(rhythm, day);
        expect(startsOn <= day && day < nextStart(rhythm, startsOn)).toBe(true);
        expect(startOf(rhythm, startsOn)).toBe(startsOn);
      }
  });

  it('has the days of released spans', () => {
    expect(daysOfSpans('week', [])).toBeNull();
    expect(daysOfSpans('week', ['2026-11-09', '2026-10-26', '2026-11-09'])).toEqual({
      from: '2026-10-26',
      to: '2026-11-15',
    });
    expect(daysOfSpans('four-weeks', ['2026-10-05'])).toEqual({ from: '2026-10-05', to: '2026-11-01' });
  });

  it('counts a person again once a counted week is a year old', () => {
    const weeks = Array.from({ length: 12 }, (_, at) => addDays('2026-01-05', 7 * at));
    expect(withSpan('week', weeks.slice(0, 11), weeks[11]!)).toEqual(weeks);
    expect(withSpan('week', weeks, addDays('2026-01-05', 7 * 51))).toBeNull();
    expect(withSpan('week', weeks, addDays('2026-01-05', 7 * 52))).toHaveLength(12);
  });
});
