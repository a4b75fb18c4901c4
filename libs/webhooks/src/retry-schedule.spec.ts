import fc from 'fast-check';
import type { OutboundAnswer, OutboundFailure } from '#outbound';
import { pausedUntil, isGivenUp, verdictOf, nextTry, RETRY_SECONDS, retryAfterSeconds } from './retry-schedule.js';

const NOW = new Date('2026-03-02T10:00:00Z');
const answer = (status: number, headers: Record<string, string> = {}): OutboundAnswer => ({
  ok: true,
  status,
  headers,
  body: Buffer.alloc(0),
  truncated: false,
  url: 'https://hooks.example/',
});
const failure: OutboundFailure = { ok: false, url: 'https://hooks.example/', code: 'timed-out', message: 'Late.' };
const secondsTo = (at: Date | null): number => (at!.getTime() - NOW.getTime()) / 1000;

describe('the retries of a webhook', () => {
  it.each([
    [200, 'delivered'],
    [204, 'delivered'],
    [301, 'refused'],
    [400, 'refused'],
    [404, 'refused'],
    [408, 'failure'],
    [410, 'gone'],
    [425, 'failure'],
    [429, 'failure'],
    [500, 'failure'],
    [503, 'failure'],
  ])('takes an answer of %i for %s', (status, verdict) => {
    expect(verdictOf(answer(status))).toBe(verdict);
  });

  it('takes no answer for trouble', () => {
    expect(verdictOf(failure)).toBe('failure');
  });

  it('come later and later, and end after three days', () => {
    const waits = RETRY_SECONDS.map((_, at) => secondsTo(nextTry(at + 1, NOW, 0, 0.5)));
    expect(waits).toEqual([...RETRY_SECONDS]);
    expect(nextTry(RETRY_SECONDS.length + 1, NOW, 0, 0.5)).toBeNull();
    expect(waits.reduce((sum, one) => sum + one, 0) / 86_400).toBeGreaterThan(3);
  });

  it('pause a failing server at least as long as its first delivery waits, so that it stays first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, chance) => {
        expect(pausedUntil(failures, NOW, 0).getTime()).toBeGreaterThanOrEqual(
          Math.min(nextTry(failures, NOW, 0, chance)!.getTime(), NOW.getTime() + 1_800_000),
        );
      }),
    );
  });

  it('pause an endpoint for at most half an hour, unless it asks for more', () => {
    expect(secondsTo(pausedUntil(50, NOW, 0))).toBe(1_800);
    expect(secondsTo(pausedUntil(1, NOW, 2_000))).toBe(2_000);
  });

  it.each([
    ['120', 120],
    ['99999999', 3_600],
    ['Mon, 02 Mar 2026 10:01:00 GMT', 60],
    ['Mon, 02 Mar 2020 10:01:00 GMT', 0],
    ['soon', 0],
  ])('listen to Retry-After: %s', (wish, seconds) => {
    expect(retryAfterSeconds(answer(503, { 'retry-after': wish }), NOW)).toBe(seconds);
  });

  it('give an endpoint up after five days without a success', () => {
    expect(isGivenUp(NOW, new Date(NOW.getTime() + 5 * 86_400_000 - 1))).toBe(false);
    expect(isGivenUp(NOW, new Date(NOW.getTime() + 5 * 86_400_000))).toBe(true);
  });
});
