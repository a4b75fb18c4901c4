import type { DatesView } from '#contracts';
import { withClosedDays } from './planned-days';

const step = (stepKey: string, at: string | null): DatesView['steps'][number] => ({
  ...{ stepKey, at, plannedAt: at, kind: 'email', why: null, partnerMay: [] },
});
const days = (from: string): DatesView['closed'][number] => ({
  from,
  to: from,
  name: null,
  countries: [],
  by: 'partner',
});
const order = (steps: DatesView['steps'], closed: DatesView['closed'], timeZone = 'UTC'): string[] =>
  withClosedDays({
    ...{ steps, closed, timeZone, startAt: '2026-12-01T08:00:00Z', goals: [] },
    choices: { shiftDays: {}, skip: [], blackouts: [] },
  }).map((entry) => ('step' in entry ? entry.step.stepKey : entry.closed.from));

describe('closed days among planned steps', () => {
  it('stand before the step that comes after them', () => {
    const steps = [step('first', '2026-12-01T08:00:00Z'), step('second', '2027-01-04T08:00:00Z')];
    expect(order(steps, [days('2026-12-24'), days('2027-01-01')])).toEqual([
      'first',
      '2026-12-24',
      '2027-01-01',
      'second',
    ]);
  });

  it('stand last where nothing comes after them, and not before what has no date', () => {
    const steps = [step('first', '2026-12-01T08:00:00Z'), step('if-clicked', null)];
    expect(order(steps, [days('2026-12-24')])).toEqual(['first', 'if-clicked', '2026-12-24']);
  });

  it('are compared with the date that the partner’s clock shows', () => {
    const steps = [step('late', '2026-12-24T23:30:00Z')];
    expect(order(steps, [days('2026-12-25')], 'Europe/Berlin')).toEqual(['2026-12-25', 'late']);
    expect(order(steps, [days('2026-12-25')])).toEqual(['late', '2026-12-25']);
  });
});
