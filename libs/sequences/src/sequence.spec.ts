import type { SequenceDefinition } from '#sequencing';
import { nextStanding, zoneOf } from './sequence.js';

const sequence = {
  window: { from: '09:00', to: '17:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
  steps: [
    { key: 'one', kind: 'email', email: 'welcome' },
    { key: 'pause', kind: 'wait', hours: 96 },
    { key: 'two', kind: 'email', email: 'proof' },
    { key: 'end', kind: 'wait', hours: 24 },
  ],
} as unknown as SequenceDefinition;

describe('a sequence', () => {
  it('begins with its first e-mail, in the window', () => {
    expect(nextStanding(sequence, 0, new Date('2026-11-24T03:00:00Z'), 'Europe/London')).toEqual({
      kind: 'waiting',
      position: 0,
      dueAt: new Date('2026-11-24T09:00:00Z'),
    });
  });

  it('waits before the next, and over the weekend', () => {
    expect(nextStanding(sequence, 1, new Date('2026-11-24T10:00:00Z'), 'Europe/London')).toEqual({
      kind: 'waiting',
      position: 2,
      dueAt: new Date('2026-11-30T09:00:00Z'),
    });
  });

  it('is completed when no e-mail is left, whatever waits are', () => {
    expect(nextStanding(sequence, 3, new Date(), 'UTC')).toEqual({ kind: 'completed' });
  });
});

describe('a contact’s clock', () => {
  const byCountry = (country: string): string => (country === 'DE' ? 'Europe/Berlin' : 'UTC');

  it.each([
    [
      { timeZone: 'Asia/Tokyo', country: 'DE' },
      { zone: 'Asia/Tokyo', source: 'contact' },
    ],
    [
      { timeZone: null, country: 'DE' },
      { zone: 'Europe/Berlin', source: 'country' },
    ],
    [
      { timeZone: null, country: 'XX' },
      { zone: 'Europe/London', source: 'activation' },
    ],
    [
      { timeZone: null, country: null },
      { zone: 'Europe/London', source: 'activation' },
    ],
  ])('of %j is %j', (contact, expected) => {
    expect(zoneOf(contact, byCountry, 'Europe/London')).toEqual(expected);
  });
});
