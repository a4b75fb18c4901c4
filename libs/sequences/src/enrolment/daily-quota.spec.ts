import { byDueTime, dayOf, grantedOfDay, nextDay } from './daily-quota.js';

const at = (time: string): Date => new Date(`2026-11-25T${time}Z`);

describe('the daily limit of a campaign', () => {
  it.each([
    ['all fit', { limit: 100, taken: 20, wanted: 50 }, 50],
    ['some fit', { limit: 100, taken: 80, wanted: 50 }, 20],
    ['none fit', { limit: 100, taken: 100, wanted: 50 }, 0],
    ['the limit was lowered during the day', { limit: 10, taken: 80, wanted: 50 }, 0],
  ])('grants what is left where %s', (_, { limit, taken, wanted }, granted) => {
    expect(grantedOfDay(limit, taken, wanted)).toBe(granted);
  });

  it('counts days in UTC', () => {
    expect(dayOf(at('23:59:59.999'))).toBe('2026-11-25');
    expect(nextDay(at('23:59:59.999'))).toEqual(new Date('2026-11-26T00:00:00Z'));
    expect(nextDay(at('00:00:00'))).toEqual(new Date('2026-11-26T00:00:00Z'));
  });

  it('gives room by due time, and among equals by enrolment', () => {
    const due = [
      { dueAt: at('10:00'), enrolmentId: 'b' },
      { dueAt: at('09:00'), enrolmentId: 'c' },
      { dueAt: null, enrolmentId: 'd' },
      { dueAt: at('10:00'), enrolmentId: 'a' },
    ];
    expect(due.toSorted(byDueTime).map(({ enrolmentId }) => enrolmentId)).toEqual(['d', 'c', 'a', 'b']);
  });
});
