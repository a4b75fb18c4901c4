import fc from 'fast-check';
import type { SendDecision } from '#contacts';
import { NO_CHOICES, type Postponement, type SequenceDefinition } from '#sequencing';
import { type PreflightInput, preflightVerdict } from './preflight-verdict.js';

const sequence = {
  window: { from: '09:00', to: '17:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
  steps: [
    { key: 'one', kind: 'email', email: 'welcome' },
    { key: 'pause', kind: 'wait', hours: 96 },
    { key: 'two', kind: 'email', email: 'proof' },
  ],
} as unknown as SequenceDefinition;

const tuesdayTen = new Date('2026-11-24T10:00:00Z');

type Changes = Omit<Partial<PreflightInput>, 'running'> & {
  status?: string;
  versionLive?: boolean;
  postponements?: Postponement[];
};

function facts({
  status = 'active',
  versionLive = true,
  postponements = [],
  ...changes
}: Changes = {}): PreflightInput {
  return {
    running: { activation: { status, choices: { ...NO_CHOICES, postponements } }, sequence, versionLive } as never,
    recall: null,
    isHalted: false,
    lacksRelayConsent: false,
    identity: 'ready',
    isTooSoon: false,
    isTopicRefused: false,
    decision: { send: true, consentRecordId: 'evidence', basis: 'customer', rules: 1 } as unknown as SendDecision,
    stepKey: 'one',
    country: null,
    arm: null,
    timeZone: 'Europe/London',
    relaysRestUntil: null,
    relaysBusyUntil: null,
    destinationPausedUntil: null,
    now: tuesdayTen,
    ...changes,
  };
}

describe('the last look before a message goes out', () => {
  it('lets it go, with the evidence of consent', () => {
    expect(preflightVerdict(facts())).toEqual({
      kind: 'send',
      consent: { consentRecordId: 'evidence', basis: 'customer', rules: 1 },
    });
  });

  it('lets what comes back to be sent go although everybody else has come to the end', () => {
    expect(preflightVerdict(facts({ status: 'completed' })).kind).toBe('send');
  });

  it.each([
    ['the vendor has ended the campaign', { versionLive: false }, 'version-ended'],
    ['the vendor has recalled the e-mail', { recall: 'skip' }, 'recalled'],
    ['the activation was stopped', { status: 'stopped' }, 'activation-over'],
    ['the identity may not send', { identity: 'blocked' }, 'identity-blocked'],
    ['the person has left', { decision: { send: false, reason: 'unsubscribed' } as const }, 'unsubscribed'],
    ['the person wants mail less often', { isTooSoon: true }, 'prefers-fewer'],
    ['the person wants none on this topic', { isTopicRefused: true }, 'topic-refused'],
    ['the contact is gone', { decision: undefined }, 'contact-gone'],
  ] satisfies [string, Changes, string][])('skips it when %s', (_, changes, reason) => {
    expect(preflightVerdict(facts(changes))).toEqual({ kind: 'skip', reason });
  });

  it.each([
    ['the activation is held', { status: 'held' }, 'held', '2026-11-24T10:05:00Z'],
    ['somebody has pulled the kill switch', { isHalted: true }, 'halted', '2026-11-24T10:05:00Z'],
    ['its sending address waits for its settings', { identity: 'held' }, 'identity-held', '2026-11-24T10:05:00Z'],
    ['it is night where the contact is', { timeZone: 'America/Los_Angeles' }, 'outside-window', '2026-11-24T17:00:00Z'],
    [
      'what is still to come was put off from a minute ago to the next day at noon',
      {
        postponements: [
          { fromMs: tuesdayTen.getTime() - 60_000, untilMs: Date.parse('2026-11-25T12:00:00Z'), days: 1 },
        ],
      },
      'postponed',
      '2026-11-25T12:00:00Z',
    ],
    [
      'it is night, and a postponement is over',
      {
        timeZone: 'America/Los_Angeles',
        postponements: [
          { fromMs: Date.parse('2026-11-20T10:00:00Z'), untilMs: Date.parse('2026-11-23T10:00:00Z'), days: 3 },
        ],
      },
      'outside-window',
      '2026-11-24T17:00:00Z',
    ],
    [
      'no relay takes mail',
      { relaysRestUntil: new Date('2026-11-24T10:00:05Z') },
      'relays-away',
      '2026-11-24T10:00:05Z',
    ],
    [
      'its relays are slow',
      { relaysBusyUntil: new Date('2026-11-24T10:00:30Z') },
      'relays-slow',
      '2026-11-24T10:00:30Z',
    ],
    ['it is the weekend', { now: new Date('2026-11-28T10:00:00Z') }, 'outside-window', '2026-11-30T09:00:00Z'],
    [
      'its destination has asked for a pause',
      { destinationPausedUntil: new Date('2026-11-24T10:08:00Z') },
      'destination-waits',
      '2026-11-24T10:08:00Z',
    ],
  ] satisfies [string, Changes, string, string][])('lets it wait when %s', (_, changes, reason, until) => {
    expect(preflightVerdict(facts(changes))).toEqual({ kind: 'wait', reason, until: new Date(until) });
  });

  it('ends what is over before it waits for anything', () => {
    const over = facts({ decision: { send: false, reason: 'suppressed' }, timeZone: 'America/Los_Angeles' });
    expect(preflightVerdict(over)).toEqual({ kind: 'skip', reason: 'suppressed' });
  });
});

describe('all that is known of a message, together', () => {
  /** Facts that forbid or delay sending, each with its result. */
  const AGAINST = {
    ended: [{ versionLive: false }, 'skip'],
    stopped: [{ status: 'stopped' }, 'skip'],
    blocked: [{ identity: 'blocked' }, 'skip'],
    left: [{ decision: { send: false, reason: 'unsubscribed' } }, 'skip'],
    often: [{ isTooSoon: true }, 'skip'],
    topic: [{ isTopicRefused: true }, 'skip'],
    halted: [{ isHalted: true }, 'wait'],
    mended: [{ identity: 'held' }, 'wait'],
    night: [{ timeZone: 'America/Los_Angeles' }, 'wait'],
    paused: [{ destinationPausedUntil: new Date('2026-11-24T10:08:00Z') }, 'wait'],
  } satisfies Record<string, [Changes, 'skip' | 'wait']>;
  const names = fc.subarray(Object.keys(AGAINST) as (keyof typeof AGAINST)[]);
  const decided = (against: readonly (keyof typeof AGAINST)[]) =>
    preflightVerdict(facts(Object.assign({}, ...against.map((name) => AGAINST[name][0])) as Changes));

  it('lets it go only when nothing at all speaks against it', () => {
    fc.assert(
      fc.property(names, (against) => {
        expect(decided(against).kind === 'send').toBe(against.length === 0);
      }),
    );
  });

  it('ends it for what nobody can mend, but where a halt holds everything as it is', () => {
    const [over, waits] = [new Set(['ended', 'stopped']), new Set(['halted'])];
    fc.assert(
      fc.property(names, (against) => {
        const isSkipped = decided(against).kind === 'skip';
        const ends = against.filter((name) => AGAINST[name][1] === 'skip' && !over.has(name));
        const isOver = against.some((name) => over.has(name));
        // `blocked` and `mended` set the same fact: the later one applies.
        const isBlocked = against.indexOf('blocked') > against.indexOf('mended');
        const counts = ends.filter((name) => name !== 'blocked' || isBlocked);
        expect(isSkipped).toBe(isOver || (counts.length > 0 && !against.some((name) => waits.has(name))));
      }),
    );
  });

  it('never lets go what one more objection would hold', () => {
    fc.assert(
      fc.property(names, names, (some, more) => {
        if (decided([...some, ...more]).kind === 'send') expect(decided(some).kind).toBe('send');
      }),
    );
  });
});
