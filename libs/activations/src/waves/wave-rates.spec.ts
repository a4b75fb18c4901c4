import { unmetRate } from './wave-rates.js';

const responses = (value: number) => ({ value, sd: 12.5 });
const weeks = (...values: number[]) => values.map((value) => ({ value, sd: 60 }));

describe('a condition of a wave on a rate', () => {
  it('is met if the rate is certainly within it', () => {
    expect(unmetRate('complained', 0.1, { counted: [responses(10)], sent: weeks(20_000, 20_000) })).toBeNull();
  });

  it('is not met if the rate may be above it, and says how high it is at most', () => {
    expect(unmetRate('complained', 0.1, { counted: [responses(30)], sent: weeks(20_000, 20_000) })).toEqual({
      rate: 'complained',
      most: 0.1,
      atMost: 0.14,
      sent: 40_000,
    });
  });

  it('is not met while there are too few e-mails to tell, or no results', () => {
    const few = { rate: 'complained', most: 0.1, atMost: null };
    expect(unmetRate('complained', 0.1, { counted: [responses(0)], sent: weeks(24_000) })).toEqual({
      ...few,
      sent: 24_000,
    });
    expect(unmetRate('complained', 0.1, { counted: [], sent: weeks(90_000) })).toMatchObject(few);
    expect(unmetRate('complained', 0.1, { counted: [responses(0)], sent: [] })).toMatchObject({ ...few, sent: 0 });
    expect(unmetRate('bounced', 2, { counted: [{ value: -40, sd: 25 }], sent: weeks(2_600) })).toBeNull();
  });
});
