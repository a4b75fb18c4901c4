import { NO_CHOICES } from './circumstances.js';
import { delaysOf } from './delays.js';
import { rehearse } from './rehearse.js';
import { aSequence } from './sequence.fixture.js';

const at = (iso: string): Date => new Date(iso);
const hours = {
  window: { from: '09:00', to: '17:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
  quietHours: { from: '12:00', to: '13:00' },
  holidays: { GB: ['2026-12-28'] },
  blackouts: [{ from: '2026-12-29', to: '2026-12-30' }],
};

/** Each step of an inactive contact in London, with its delays. */
function moved(startAt: string, step: object = {}, country: string | null = 'GB', arm: string | null = null): string[] {
  const sequence = aSequence({ ...hours, steps: [{ key: 'only', email: 'only', ...step }] });
  const situation = { zone: 'Europe/London', country, choices: NO_CHOICES, arm };
  const until = at('2027-03-01T00:00:00Z');
  const { steps } = rehearse(sequence, {
    startAt: at(startAt),
    until,
    fields: {},
    lists: [],
    events: [],
    ...situation,
  });
  return steps.flatMap(({ step: one, at: comes, wanted }) => [
    comes.toISOString().slice(0, 16),
    ...(wanted === null ? [] : delaysOf(sequence, one, { wanted, at: comes }, situation)).map(
      ({ reason, since }) => `${reason} ${since.toISOString().slice(0, 16)}`,
    ),
  ]);
}

describe('a delayed step', () => {
  it.each([
    ['within the hours is not moved', '2026-11-24T10:00:00Z', ['2026-11-24T10:00']],
    [
      'before they open waits for them',
      '2026-11-24T06:30:00Z',
      ['2026-11-24T09:00', 'outside-window 2026-11-24T06:30'],
    ],
    [
      'after they close waits for the next day',
      '2026-11-24T18:00:00Z',
      ['2026-11-25T09:00', 'outside-window 2026-11-24T18:00'],
    ],
    [
      'in quiet hours waits for their end',
      '2026-11-24T12:20:00Z',
      ['2026-11-24T13:00', 'quiet-hours 2026-11-24T12:20'],
    ],
    ['on a weekend waits for Monday', '2026-11-28T10:00:00Z', ['2026-11-30T09:00', 'closed-weekday 2026-11-28T10:00']],
  ])('%s', (_, startAt, told) => {
    expect(moved(startAt)).toEqual(told);
  });

  it('lists every cause once, in order, with its start', () => {
    expect(moved('2026-12-25T18:00:00Z')).toEqual([
      '2026-12-31T09:00',
      'outside-window 2026-12-25T18:00',
      'closed-weekday 2026-12-26T00:00',
      'holiday 2026-12-28T00:00',
      'blackout 2026-12-29T00:00',
    ]);
  });

  it('uses the holidays of the contact’s country alone', () => {
    expect(moved('2026-12-28T10:00:00Z', {}, 'DE')).toEqual(['2026-12-28T10:00']);
  });

  it('waits for the first day on which the campaign sends it', () => {
    expect(moved('2026-11-24T10:00:00Z', { valid: { from: '2026-11-26' } })).toEqual([
      '2026-11-26T09:00',
      'not-before 2026-11-24T10:00',
    ]);
  });
});
