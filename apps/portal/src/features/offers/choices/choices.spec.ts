import type { DatesView } from '#contracts';
import { firstMailAt } from './choices';

const step = (kind: 'email' | 'post', at: string | null): DatesView['steps'][number] => ({
  stepKey: at ?? 'none',
  kind,
  at,
  plannedAt: at,
  why: null,
  partnerMay: [],
});

describe('the first e-mails of a launch', () => {
  it('are at the first e-mail step with a date', () => {
    const steps = [
      step('post', '2026-03-02T08:00:00.000Z'),
      step('email', null),
      step('email', '2026-03-05T08:00:00.000Z'),
      step('email', '2026-03-03T08:00:00.000Z'),
    ];
    expect(firstMailAt({ steps })).toBe('2026-03-03T08:00:00.000Z');
  });

  it('have no date if each depends on an action of the contact', () => {
    expect(firstMailAt({ steps: [step('email', null), step('post', '2026-03-02T08:00:00.000Z')] })).toBeNull();
  });
});
