import { NO_CHOICES } from './advance.js';
import { type Assumptions, rehearse } from './rehearse.js';
import { aSequence } from './sequence.fixture.js';

const at = (iso: string): Date => new Date(iso);
const NOON = at('2026-11-24T12:00:00Z');
const assumed = (over: Partial<Assumptions> = {}): Assumptions => ({
  ...{ startAt: NOON, until: at('2027-02-22T12:00:00Z'), zone: 'Europe/London', country: null },
  ...{ fields: {}, lists: [], choices: NO_CHOICES, happenings: [] },
  ...over,
});
const followed = aSequence({
  steps: [
    { key: 'welcome', email: 'welcome' },
    { key: 'watch', until: [{ click: 'demo', then: 'follow-up' }], within: { days: 3 }, else: 'reminder' },
    { key: 'reminder', email: 'reminder', next: 'end' },
    { key: 'follow-up', email: 'follow-up', valid: { to: '2026-11-26' } },
  ],
});
const told = (sequence: typeof followed, over: Partial<Assumptions> = {}): string[] => {
  const { steps, end } = rehearse(sequence, assumed(over));
  return [...steps.map(({ step, at: when, skip }) => `${step.key} ${skip ?? when.toISOString()}`), end];
};

describe('a rehearsal', () => {
  it('of somebody who does nothing takes every time-out', () => {
    expect(told(followed)).toEqual([
      'welcome 2026-11-24T12:00:00.000Z',
      'reminder 2026-11-27T12:00:00.000Z',
      'completed',
    ]);
  });

  it('takes the way that a click opens, at its moment', () => {
    const click = { kind: 'click', name: 'demo', at: at('2026-11-25T09:30:00Z') } as const;
    expect(told(followed, { happenings: [click] })).toEqual([
      'welcome 2026-11-24T12:00:00.000Z',
      'follow-up 2026-11-25T09:30:00.000Z',
      'completed',
    ]);
  });

  it('tells what the sequence leaves out, and why', () => {
    const late = { kind: 'click', name: 'demo', at: at('2026-11-27T09:30:00Z') } as const;
    expect(told(followed, { happenings: [late] })).toEqual([
      'welcome 2026-11-24T12:00:00.000Z',
      'follow-up step-expired',
      'completed',
    ]);
  });

  it('ends for who answers', () => {
    const reply = { kind: 'reply', name: null, at: at('2026-11-25T09:30:00Z') } as const;
    expect(told(followed, { happenings: [reply] })).toEqual(['welcome 2026-11-24T12:00:00.000Z', 'exited']);
  });

  it('looks no further than it is asked to', () => {
    expect(told(followed, { until: at('2026-11-26T12:00:00Z') })).toEqual([
      'welcome 2026-11-24T12:00:00.000Z',
      'later',
    ]);
  });
});
