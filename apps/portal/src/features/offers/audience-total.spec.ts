import { sumAudience } from './audience-total';

const skipped = (reason: string, count: number) => ({ reason, sentence: reason, count });

describe('the audience of a long list', () => {
  const first = { total: 12, willGet: 4, skipped: [skipped('suppressed', 1)], nextAfter: 'somebody' };
  const second = { total: 12, willGet: 5, skipped: [skipped('suppressed', 1), skipped('unsubscribed', 1)] };

  it('is told for those who were looked at, and says how many wait', () => {
    expect(sumAudience([first])).toEqual({
      total: 12,
      looked: 5,
      willGet: 4,
      isComplete: false,
      skipped: [skipped('suppressed', 1)],
    });
  });

  it('is the sum of all looks in the end', () => {
    const all = sumAudience([first, { ...second, nextAfter: null }]);
    expect(all).toMatchObject({ total: 12, looked: 12, willGet: 9, isComplete: true });
    expect(all.skipped).toEqual([skipped('suppressed', 2), skipped('unsubscribed', 1)]);
  });

  it('is as long as what was looked at, where people came to the list or left it meanwhile', () => {
    expect(sumAudience([{ ...first, total: 3 }])).toMatchObject({ total: 5, looked: 5 });
    expect(sumAudience([first, { ...second, total: 20, nextAfter: null }])).toMatchObject({ total: 12, looked: 12 });
  });
});
