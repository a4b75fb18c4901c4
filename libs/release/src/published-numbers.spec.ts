import { marginOf, sdOfSum, shownNumber, smallestShown } from './published-numbers.js';
import { nextFullHour, readyHour } from './release.js';

describe('a number that is shown', () => {
  it('is a multiple of 10, from four standard deviations on', () => {
    expect(shownNumber(104, 25)).toBe(100);
    expect(shownNumber(1_236, 25)).toBe(1_240);
    expect(shownNumber(99, 25)).toBeNull();
    expect(shownNumber(-40, 25)).toBeNull();
    expect(smallestShown(41)).toBe(170);
  });

  it('has a margin of 1.96 standard deviations, and a sum the margin of its parts', () => {
    expect(marginOf(60)).toBe(118);
    expect(sdOfSum([30, 40])).toBe(50);
  });
});

describe('the hour at which numbers are shown', () => {
  it.each([
    ['10:00:00', '11:00'],
    ['10:45:00', '11:00'],
    ['10:45:01', '12:00'],
    ['23:59:59', '00:00'],
  ])('is the full hour at least 15 minutes after %s', (now, hour) => {
    expect(readyHour(new Date(`2026-11-25T${now}Z`)).toISOString()).toContain(`T${hour === '00:00' ? '01:00' : hour}`);
  });

  it('stays at a full hour', () => {
    const hour = new Date('2026-11-25T10:00:00Z');
    expect(nextFullHour(hour)).toEqual(hour);
  });
});
