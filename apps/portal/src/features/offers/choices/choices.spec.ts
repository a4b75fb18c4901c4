import type { DatesView } from '#contracts';
import { emailSpan } from './choices';

const step = (kind: 'email' | 'post', at: string | null): DatesView['steps'][number] => ({
  stepKey: at ?? 'none',
  kind,
  at,
  plannedAt: at,
  why: null,
  partnerMay: [],
  testTimes: [],
});

describe('the e-mails of a launch', () => {
  it('are from the first to the last e-mail step with a date', () => {
    const steps = [
      step('post', '2026-03-02T08:00:00.000Z'),
      step('email', null),
      step('email', '2026-03-05T08:00:00.000Z'),
      step('email', '2026-03-03T08:00:00.000Z'),
    ];
    expect(emailSpan({ steps })).toEqual({ first: '2026-03-03T08:00:00.000Z', last: '2026-03-05T08:00:00.000Z' });
  });

  it('have no date if each depends on an action of the contact', () => {
    expect(emailSpan({ steps: [step('email', null), step('post', '2026-03-02T08:00:00.000Z')] })).toBeNull();
  });
});
