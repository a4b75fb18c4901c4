import { releasedSum } from './released-results.js';

describe('a sum of released numbers', () => {
  it('has the margin of √n numbers', () => {
    const weeks = Array.from({ length: 4 }, () => ({ value: 1_003, sd: 60 }));
    expect(releasedSum(weeks)).toEqual({ value: 4_010, margin: Math.ceil(1.96 * 120), smallest: 480 });
  });

  it('may be shown although each of its parts is too small, and never is negative', () => {
    const small = Array.from({ length: 9 }, () => ({ value: 100, sd: 60 }));
    expect(releasedSum(small.slice(0, 1))?.value).toBeNull();
    expect(releasedSum(small)?.value).toBe(900);
    expect(releasedSum([{ value: -200, sd: 25 }])?.value).toBeNull();
    expect(releasedSum([])).toBeNull();
  });
});
