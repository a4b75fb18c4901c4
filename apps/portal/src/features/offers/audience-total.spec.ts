import { sumAudience } from './audience-total';

const skipped = (reason: string, count: number) => ({ reason, sentence: reason, count });

describe('the audience of a long list', () => {
  const notes = { inOtherCampaign: 1, otherLanguage: 2 };
  const first = { ...notes, total: 12, willGet: 4, skipped: [skipped('suppressed', 1)], nextAfter: 'a-contact-id' };
  const second = { ...notes, total: 12, willGet: 5, skipped: [skipped('suppressed', 1), skipped('unsubscribed', 1)] };

  it('has totals for the counted contacts, and the number of the others', () => {
    expect(sumAudience([first])).toEqual({
      total: 12,
      looked: 5,
      willGet: 4,
      isComplete: false,
      skipped: [skipped('suppressed', 1)],
      inOtherCampaign: 1,
      otherLanguage: 2,
    });
  });

  it('is the sum of all parts at the end', () => {
    const all = sumAudience([first, { ...second, nextAfter: null }]);
    expect(all).toMatchObject({
      total: 12,
      looked: 12,
      willGet: 9,
      inOtherCampaign: 2,
      otherLanguage: 4,
      isComplete: true,
    });
    expect(all.skipped).toEqual([skipped('suppressed', 2), skipped('unsubscribed', 1)]);
  });

  it('has the counted size if the list changed meanwhile', () => {
    expect(sumAudience([{ ...first, total: 3 }])).toMatchObject({ total: 5, looked: 5 });
    expect(sumAudience([first, { ...second, total: 20, nextAfter: null }])).toMatchObject({ total: 12, looked: 12 });
  });
});
