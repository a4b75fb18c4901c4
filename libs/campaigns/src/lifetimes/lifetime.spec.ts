import { NO_LIFETIME, noticeDue, requireEnd, requireReviewInTime } from './lifetime.js';

describe('the end of a campaign on a day', () => {
  it.each([
    [31, null],
    [30, 30],
    [8, 30],
    [7, 7],
    [2, 7],
    [1, 1],
    [0, 1],
    [-1, null],
  ])('is told of %i days before it by the notice of %s days', (left, notice) => {
    expect(noticeDue(left)).toBe(notice);
  });

  it('is not set in the past, but stays where it was', () => {
    const past = { ...NO_LIFETIME, expiresOn: '2026-11-01' };
    expect(() => requireEnd(past, NO_LIFETIME, '2026-11-27')).toThrow(
      expect.objectContaining({ code: 'lifetime.ends-in-the-past' }),
    );
    requireEnd(past, past, '2026-11-27');
    requireEnd({ ...past, expiresOn: '2026-11-27' }, NO_LIFETIME, '2026-11-27');
  });

  it('has its review day until then', () => {
    const ending = { ...NO_LIFETIME, expiresOn: '2027-01-01' };
    requireReviewInTime({ ...NO_LIFETIME, reviewOn: '2027-05-01' });
    requireReviewInTime({ ...ending, reviewOn: '2027-01-01' });
    expect(() => requireReviewInTime({ ...ending, reviewOn: '2027-01-02' })).toThrow(
      expect.objectContaining({ code: 'lifetime.review-after-end', details: { field: 'reviewOn' } }),
    );
  });
});
