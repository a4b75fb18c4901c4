import { DAY_MS } from '#kernel';
import { NO_CHOICES } from './circumstances.js';
import { type Assumptions, rehearse } from './rehearse.js';
import { aSequence } from './sequence.fixture.js';

const at = (iso: string): Date => new Date(iso);
const NOON = at('2026-11-24T12:00:00Z');
const assumed = (over: Partial<Assumptions> = {}): Assumptions => ({
  startAt: NOON,
  until: at('2027-02-22T12:00:00Z'),
  zone: 'Europe/London',
  country: null,
  fields: {},
  lists: [],
  choices: NO_CHOICES,
  arm: null,
  events: [],
  ...over,
});
const written = {
  steps: [
    { key: 'welcome', email: 'welcome' },
    { key: 'watch', until: [{ click: 'demo', then: 'follow-up' }], within: { days: 3 }, else: 'reminder' },
    { key: 'reminder', email: 'reminder', next: 'end' },
    { key: 'follow-up', email: 'follow-up', valid: { to: '2026-11-26' } },
  ],
};
const followed = aSequence(written);
const told = (sequence: typeof followed, over: Partial<Assumptions> = {}): string[] => {
  const { steps, end } = rehearse(sequence, assumed(over));
  return [...steps.map(({ step, at: when, skip }) => `${step.key} ${skip ?? when.toISOString()}`), end];
};

/** So many days from a moment on. */
const postponement = (from: string, days: number) => {
  const fromMs = at(from).getTime();
  return { fromMs, untilMs: fromMs + days * DAY_MS, days };
};
const after = (...postponements: ReturnType<typeof postponement>[]): Partial<Assumptions> => ({
  choices: { ...NO_CHOICES, postponements },
});

describe('a rehearsal', () => {
  it('of an inactive contact takes every time-out', () => {
    expect(told(followed)).toEqual([
      'welcome 2026-11-24T12:00:00.000Z',
      'reminder 2026-11-27T12:00:00.000Z',
      'completed',
    ]);
  });

  it('follows the way of a click, at its time', () => {
    const click = { kind: 'click', name: 'demo', at: at('2026-11-25T09:30:00Z') } as const;
    expect(told(followed, { events: [click] })).toEqual([
      'welcome 2026-11-24T12:00:00.000Z',
      'follow-up 2026-11-25T09:30:00.000Z',
      'completed',
    ]);
  });

  it('reports skipped steps, with reasons', () => {
    const late = { kind: 'click', name: 'demo', at: at('2026-11-27T09:30:00Z') } as const;
    expect(told(followed, { events: [late] })).toEqual([
      'welcome 2026-11-24T12:00:00.000Z',
      'follow-up step-expired',
      'completed',
    ]);
  });

  it('reports steps without an open day', () => {
    const closed = aSequence({ ...written, blackouts: [{ from: '2026-11-25', to: '2099-12-31' }] });
    expect(told(closed)).toEqual(['welcome 2026-11-24T12:00:00.000Z', 'reminder step-expired', 'completed']);
  });

  it('ends for a contact that replies', () => {
    const reply = { kind: 'reply', name: null, at: at('2026-11-25T09:30:00Z') } as const;
    expect(told(followed, { events: [reply] })).toEqual(['welcome 2026-11-24T12:00:00.000Z', 'exited']);
  });

  it('looks no further than it is asked to', () => {
    expect(told(followed, { until: at('2026-11-26T12:00:00Z') })).toEqual([
      'welcome 2026-11-24T12:00:00.000Z',
      'later',
    ]);
  });

  it('keeps past steps of a postponement, and moves the rest by days at its time of day', () => {
    const mails = aSequence({
      steps: [
        { key: 'welcome', email: 'welcome' },
        { key: 'pause', wait: { days: 2 } },
        { key: 'proof', email: 'proof' },
        { key: 'rest', wait: { days: 1 } },
        { key: 'offer', email: 'offer' },
      ],
    });
    expect(told(mails, after(postponement('2026-11-25T10:00:00Z', 7)))).toEqual([
      'welcome 2026-11-24T12:00:00.000Z',
      // A Thursday a week later, and the day after.
      'proof 2026-12-03T12:00:00.000Z',
      'offer 2026-12-04T12:00:00.000Z',
      'completed',
    ]);
    // Twice is both together; a day later is a Friday, and the day after that a
    // Monday.
    expect(
      told(mails, after(postponement('2026-11-25T10:00:00Z', 6), postponement('2026-11-26T10:00:00Z', 2))),
    ).toEqual([
      'welcome 2026-11-24T12:00:00.000Z',
      'proof 2026-12-04T12:00:00.000Z',
      'offer 2026-12-07T09:00:00.000Z',
      'completed',
    ]);
  });

  it('postpones an activation before its start, too', () => {
    expect(told(followed, after(postponement('2026-11-23T10:00:00Z', 2)))).toEqual([
      'welcome 2026-11-26T12:00:00.000Z',
      'reminder 2026-11-30T09:00:00.000Z',
      'completed',
    ]);
  });

  it('sends no mail during a postponement, whatever the contacts do', () => {
    const click = { kind: 'click', name: 'demo', at: at('2026-11-25T09:30:00Z') } as const;
    const open = aSequence({ ...written, steps: written.steps.map((step) => ({ ...step, valid: undefined })) });
    expect(told(open, { ...after(postponement('2026-11-24T15:00:00Z', 7)), events: [click] })).toEqual([
      'welcome 2026-11-24T12:00:00.000Z',
      'follow-up 2026-12-01T15:00:00.000Z',
      'completed',
    ]);
  });
});
