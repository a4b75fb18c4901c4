import { countsAsAttempt, destinationPauseMs, retryDelayMs } from './back-off.js';

const MINUTE = 60_000;
const refused = (
  code: number | null,
  enhanced: string | null = null,
  about: 'message' | 'relay' | 'sender' | 'internal' = 'message',
) => ({
  about,
  code,
  enhanced,
});

describe('the wait before another try', () => {
  it.each([
    ['a broken conversation', refused(null), [1, 5, 15, 60, 60]],
    ['greylisting', refused(451), [5, 10, 20, 60, 60]],
    ['a full mailbox', refused(452, '4.2.2'), [60, 240, 720, 720]],
    ['a relay that is away', refused(421, null, 'relay'), [1, 1, 1]],
    ['a sender that the relay does not take', refused(550, '5.7.1', 'sender'), [10, 10]],
    ['trouble of our own', refused(null, null, 'internal'), [5, 5, 5]],
  ])('after %s grows as it should', (_, refusal, minutes) => {
    expect(minutes.map((_minutes, at) => retryDelayMs(refusal, at + 1, 0) / MINUTE)).toEqual(minutes);
  });

  it('is spread by up to a quarter, so that what was refused together does not come back together', () => {
    expect(retryDelayMs(refused(451), 1, 1)).toBe(5 * MINUTE * 1.25);
  });

  it('of a whole destination doubles up to an hour', () => {
    expect([1, 2, 3, 6, 20].map((refusals) => destinationPauseMs(refusals) / MINUTE)).toEqual([2, 4, 8, 60, 60]);
  });

  it('costs no attempt when the relay or our own standing is the trouble', () => {
    expect(
      ['relay', 'sender', 'internal', 'message', 'destination'].map((about) =>
        countsAsAttempt({ ...refused(421), about } as never),
      ),
    ).toEqual([false, false, false, true, true]);
  });
});
