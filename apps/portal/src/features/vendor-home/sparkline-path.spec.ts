import { sparklinePath } from './sparkline-path';

describe('the path of a sparkline', () => {
  it('begins at zero and ends at the greatest number', () => {
    expect(sparklinePath([0, 5, 10])).toBe('M2.0 26.0 L60.0 14.0 L118.0 2.0');
  });

  it('is broken by numbers that are not told', () => {
    expect(sparklinePath([10, 10, null, 10, 10])).toBe('M2.0 2.0 L31.0 2.0 M89.0 2.0 L118.0 2.0');
    expect(sparklinePath([10, null, 10])).toBe('M2.0 2.0 L2.0 2.0 M118.0 2.0 L118.0 2.0');
  });

  it('is flat at the bottom where all numbers are zero, and empty for one number', () => {
    expect(sparklinePath([0, 0])).toBe('M2.0 26.0 L118.0 26.0');
    expect(sparklinePath([null, 7])).toBe('');
  });
});
