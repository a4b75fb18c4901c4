import { NEVER_TWICE, nextOf } from './unknown-policy.js';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const RATHER_TWICE = { onUnknown: 'repeat', repeatAfterHours: 24 } as const;

describe('what is done with an unknown message', () => {
  it.each([
    ['nothing yet', NEVER_TWICE, 1, WEEK_MS - 1, null],
    ['by default it is closed, and never repeated', NEVER_TWICE, 1, WEEK_MS, 'close'],
    ['a vendor that would rather send twice waits for evidence first', RATHER_TWICE, 1, 24 * HOUR_MS - 1, null],
    ['then it is sent again', RATHER_TWICE, 1, 24 * HOUR_MS, 'redrive'],
    ['but not for ever', RATHER_TWICE, 3, 24 * HOUR_MS, null],
    ['and closed in the end', RATHER_TWICE, 3, WEEK_MS, 'close'],
  ])('%s', (_, policy, attempt, forMs, next) => {
    expect(nextOf(policy, { attempt, forMs }, WEEK_MS)).toBe(next);
  });
});
