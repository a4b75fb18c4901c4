import { HOUR_MS } from '#kernel';
import { NEVER_TWICE, actionOnUnknown, repeatsAbsent } from './unknown-policy.js';

const WEEK_MS = 7 * 24 * HOUR_MS;
const RATHER_TWICE = { onUnknown: 'repeat', repeatAfterHours: 24 } as const;
const BY_THE_LOG = { onUnknown: 'repeat-absent', repeatAfterHours: 24 } as const;

describe('what is done with an unknown message', () => {
  it.each([
    ['nothing yet', NEVER_TWICE, 1, WEEK_MS - 1, null],
    ['by default it is closed, and never repeated', NEVER_TWICE, 1, WEEK_MS, 'close'],
    ['a vendor that would rather send twice waits for evidence first', RATHER_TWICE, 1, 24 * HOUR_MS - 1, null],
    ['then it is sent again', RATHER_TWICE, 1, 24 * HOUR_MS, 'redrive'],
    ['but not for ever', RATHER_TWICE, 3, 24 * HOUR_MS, null],
    ['and closed in the end', RATHER_TWICE, 3, WEEK_MS, 'close'],
    ['a vendor that trusts the log never repeats without it', BY_THE_LOG, 1, WEEK_MS - 1, null],
    ['and closes what the log says nothing of', BY_THE_LOG, 1, WEEK_MS, 'close'],
  ])('%s', (_, policy, attempt, forMs, next) => {
    expect(actionOnUnknown(policy, { reason: 'lease-expired', attempt, forMs }, WEEK_MS)).toBe(next);
  });

  it('is never repeated without evidence after a backup was restored: most of it has gone out', () => {
    const next = (forMs: number) => actionOnUnknown(RATHER_TWICE, { reason: 'restored', attempt: 1, forMs }, WEEK_MS);
    expect([next(WEEK_MS - 1), next(WEEK_MS)]).toEqual([null, 'close']);
  });

  it.each([
    ['never by default', NEVER_TWICE, 1, false],
    ['where the vendor trusts the log', BY_THE_LOG, 9, true],
    ['where it would even send twice, which has its own hours and tries', RATHER_TWICE, 1, false],
    ['not for ever: its relay may die of it', BY_THE_LOG, 10, false],
  ])('is sent once more when the log does not have it: %s', (_, policy, attempt, repeats) => {
    expect(repeatsAbsent(policy, attempt)).toBe(repeats);
  });
});
