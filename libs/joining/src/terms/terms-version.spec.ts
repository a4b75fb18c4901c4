import { missedDay, requireDaysToCome, textHash } from './terms-version.js';

const TODAY = '2027-03-05';
const version = (number: number, acceptBy: string, isRequired = true) => ({ number, acceptBy, isRequired });

describe('the acceptance of programme terms', () => {
  it.each([
    ['there are no terms', [], 0, null],
    ['the day is today', [version(1, TODAY)], 0, null],
    ['the day is over', [version(1, '2027-03-04')], 0, '2027-03-04'],
    ['the version is accepted', [version(1, '2027-03-04')], 1, null],
    ['launches do not depend on it', [version(1, '2027-03-04', false)], 0, null],
    ['an accepted version covers those before', [version(2, '2027-04-01'), version(1, '2027-03-04')], 2, null],
    ['a newer version gives no more time', [version(2, '2027-04-01'), version(1, '2027-03-04')], 0, '2027-03-04'],
    ['the partner has time for a newer one', [version(2, '2027-04-01'), version(1, '2027-03-04')], 1, null],
  ] as const)('when %s', (_, versions, accepted, missed) => {
    expect(missedDay(versions, accepted, TODAY)).toBe(missed);
  });

  it.each([
    ['effectiveOn', { effectiveOn: '2027-03-04', acceptBy: '2027-04-01' }],
    ['acceptBy', { effectiveOn: TODAY, acceptBy: '2027-03-04' }],
  ])('refuses a %s that is over', (field, days) => {
    expect(() => requireDaysToCome(days, TODAY)).toThrow(
      expect.objectContaining({ code: 'programme-terms.day-past', details: { field, day: '2027-03-04' } }),
    );
  });

  it('begins today at the earliest', () => {
    requireDaysToCome({ effectiveOn: TODAY, acceptBy: TODAY }, TODAY);
  });

  it('names a text by its bytes', () => {
    expect(textHash('a')).toBe('ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb');
  });
});
