import type { SendDecision } from '#contacts';
import { NO_CHOICES, type SequenceDefinition } from '#sequencing';
import { type HandOffFacts, verdictOf } from './hand-off-verdict.js';

const sequence = {
  window: { from: '09:00', to: '17:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
  steps: [
    { key: 'one', kind: 'email', email: 'welcome' },
    { key: 'pause', kind: 'wait', hours: 96 },
    { key: 'two', kind: 'email', email: 'proof' },
  ],
} as unknown as SequenceDefinition;

const tuesdayTen = new Date('2026-11-24T10:00:00Z');

type Changes = Omit<Partial<HandOffFacts>, 'running'> & { status?: string; versionLive?: boolean };

function facts({ status = 'active', versionLive = true, ...changes }: Changes = {}): HandOffFacts {
  return {
    running: { activation: { status, choices: NO_CHOICES }, sequence, versionLive } as never,
    isHalted: false,
    identity: 'ready',
    isTooSoon: false,
    isTopicRefused: false,
    decision: { send: true, consentRecordId: 'evidence', basis: 'customer', rules: 1 } as unknown as SendDecision,
    stepKey: 'one',
    country: null,
    timeZone: 'Europe/London',
    relaysRestUntil: null,
    destinationPausedUntil: null,
    now: tuesdayTen,
    ...changes,
  };
}

describe('the last look before a message goes out', () => {
  it('lets it go, with the evidence of consent', () => {
    expect(verdictOf(facts())).toEqual({
      kind: 'send',
      consent: { consentRecordId: 'evidence', basis: 'customer', rules: 1 },
    });
  });

  it('lets what comes back to be sent go although everybody else has come to the end', () => {
    expect(verdictOf(facts({ status: 'completed' })).kind).toBe('send');
  });

  it.each([
    ['the vendor has ended the campaign', { versionLive: false }, 'version-ended'],
    ['the activation was stopped', { status: 'stopped' }, 'activation-over'],
    ['the identity may not send', { identity: 'blocked' }, 'identity-blocked'],
    ['the person has left', { decision: { send: false, reason: 'unsubscribed' } as const }, 'unsubscribed'],
    ['the person wants mail less often', { isTooSoon: true }, 'prefers-fewer'],
    ['the person wants none on this topic', { isTopicRefused: true }, 'topic-refused'],
    ['the contact is gone', { decision: undefined }, 'contact-gone'],
  ] satisfies [string, Changes, string][])('skips it when %s', (_, changes, reason) => {
    expect(verdictOf(facts(changes))).toEqual({ kind: 'skip', reason });
  });

  it.each([
    ['the activation is held', { status: 'held' }, 'held', '2026-11-24T10:00:30Z'],
    ['somebody has pulled the kill switch', { isHalted: true }, 'halted', '2026-11-24T10:00:30Z'],
    ['its sending address waits for its settings', { identity: 'held' }, 'identity-held', '2026-11-24T10:05:00Z'],
    ['it is night where the contact is', { timeZone: 'America/Los_Angeles' }, 'outside-window', '2026-11-24T17:00:00Z'],
    [
      'no relay takes mail',
      { relaysRestUntil: new Date('2026-11-24T10:00:05Z') },
      'relays-away',
      '2026-11-24T10:00:05Z',
    ],
    ['it is the weekend', { now: new Date('2026-11-28T10:00:00Z') }, 'outside-window', '2026-11-30T09:00:00Z'],
    [
      'its destination has asked for a pause',
      { destinationPausedUntil: new Date('2026-11-24T10:08:00Z') },
      'destination-waits',
      '2026-11-24T10:08:00Z',
    ],
  ] satisfies [string, Changes, string, string][])('lets it wait when %s', (_, changes, reason, until) => {
    expect(verdictOf(facts(changes))).toEqual({ kind: 'wait', reason, until: new Date(until) });
  });

  it('ends what is over before it waits for anything', () => {
    const over = facts({ decision: { send: false, reason: 'suppressed' }, timeZone: 'America/Los_Angeles' });
    expect(verdictOf(over)).toEqual({ kind: 'skip', reason: 'suppressed' });
  });
});
