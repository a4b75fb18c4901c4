import type { DatesView } from '#contracts';
import { monthsOf, plannedOn, withClosedDays } from './planned-days';

const step = (stepKey: string, at: string | null): DatesView['steps'][number] => ({
  stepKey,
  at,
  plannedAt: at,
  kind: 'email',
  why: null,
  partnerMay: [],
  testTimes: [],
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
    steps,
    closed,
    timeZone,
    startAt: '2026-12-01T08:00:00Z',
    goals: [],
    choices: { shiftDays: {}, skip: [], blackouts: [] },
  }).map((entry) => ('step' in entry ? entry.step.stepKey : entry.closed.from));

describe('closed days among planned steps', () => {
  it('come before the next step', () => {
    const steps = [step('first', '2026-12-01T08:00:00Z'), step('second', '2027-01-04T08:00:00Z')];
    expect(order(steps, [days('2026-12-24'), days('2027-01-01')])).toEqual([
      'first',
      '2026-12-24',
      '2027-01-01',
      'second',
    ]);
  });

  it('come last without a later step, and never before a step without a date', () => {
    const steps = [step('first', '2026-12-01T08:00:00Z'), step('if-clicked', null)];
    expect(order(steps, [days('2026-12-24')])).toEqual(['first', 'if-clicked', '2026-12-24']);
  });

  it('are compared with the date in the partner’s time zone', () => {
    const steps = [step('late', '2026-12-24T23:30:00Z')];
    expect(order(steps, [days('2026-12-25')], 'Europe/Berlin')).toEqual(['2026-12-25', 'late']);
    expect(order(steps, [days('2026-12-25')])).toEqual(['late', '2026-12-25']);
  });
});

describe('the days of a calendar', () => {
  const steps = [
    step('first', '2026-11-30T23:30:00Z'),
    step('same-day', '2026-12-01T09:00:00Z'),
    step('if-clicked', null),
    step('next-year', '2027-01-31T08:00:00Z'),
  ];

  it('cover every month from the first step to the last, in the partner’s time zone', () => {
    expect(monthsOf({ steps, timeZone: 'UTC' })).toEqual(['2026-11-01', '2026-12-01', '2027-01-01']);
    expect(monthsOf({ steps, timeZone: 'Europe/Berlin' })).toEqual(['2026-12-01', '2027-01-01']);
    expect(monthsOf({ steps: [step('if-clicked', null)], timeZone: 'UTC' })).toEqual([]);
  });

  it('have their steps, and are marked as closed', () => {
    const on = plannedOn({ steps, closed: [{ ...days('2026-12-24'), to: '2026-12-26' }], timeZone: 'Europe/Berlin' });
    expect(on('2026-12-01').steps.map(({ stepKey }) => stepKey)).toEqual(['first', 'same-day']);
    expect(on('2026-11-30')).toEqual({ steps: [], isClosed: false });
    expect(['2026-12-23', '2026-12-24', '2026-12-26', '2026-12-27'].map((day) => on(day).isClosed)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
