import { type MessageId, newId } from '#kernel';
import type { SubmissionOutcome } from '#mailer';
import { MAX_ATTEMPTS } from './back-off.js';
import { lateByMs, settlementOf } from './settlement.js';

const NOW = new Date('2026-11-24T10:00:00Z');
const claim = { id: newId<MessageId>(), fence: 3 };
const settle = (outcome: SubmissionOutcome, attempt = 1) => settlementOf(claim, attempt, outcome, 'hash', NOW, 0);
const transient = (about: 'relay' | 'message' | 'internal', code: number | null = 451): SubmissionOutcome => ({
  kind: 'transient',
  about,
  code,
  enhanced: null,
  mayBeDestination: true,
  text: 'later',
});

describe('what is written about a hand-over', () => {
  it('is accepted, with what the relay said', () => {
    expect(settle({ kind: 'accepted', text: 'queued as 42' })).toMatchObject({
      ...claim,
      state: 'accepted',
      smtpText: 'queued as 42',
    });
  });

  it('is unknown when no answer came to the end of data, whatever the attempt: it is never repeated', () => {
    for (const attempt of [1, MAX_ATTEMPTS])
      expect(settle({ kind: 'unknown', text: 'reset' }, attempt)).toMatchObject({ state: 'unknown', retryAt: null });
  });

  it('is failed when it is refused for good', () => {
    const outcome = { kind: 'permanent', deadAddress: true, code: 550, enhanced: '5.1.1', text: 'nobody' } as const;
    expect(settle(outcome)).toMatchObject({
      state: 'failed',
      reason: 'rejected-by-relay',
      smtpCode: 550,
      smtpEnhanced: '5.1.1',
    });
  });

  it('is planned again later when it is refused for now', () => {
    expect(settle(transient('message'))).toMatchObject({
      state: 'planned',
      counts: true,
      retryAt: new Date('2026-11-24T10:05:00Z'),
    });
  });

  it('is failed when the relay keeps refusing it', () => {
    expect(settle(transient('message'), MAX_ATTEMPTS)).toMatchObject({
      state: 'failed',
      reason: 'retries-exhausted',
    });
  });

  it.each([
    ['halted', 'halted'],
    ['late', 'relays-slow'],
  ] as const)(
    'is planned again soon when it was %s before anybody was asked: no attempt, and no answer of a relay',
    (why, reason) => {
      expect(settle({ kind: 'stopped', why, text: '' }, 99)).toMatchObject({
        state: 'planned',
        reason,
        counts: false,
        smtpCode: null,
        retryAt: new Date('2026-11-24T10:00:30Z'),
      });
    },
  );

  it('waits as long as it takes where the trouble is our own: no relay has refused anything', () => {
    expect(settle(transient('internal', null), 99)).toMatchObject({
      state: 'planned',
      reason: 'internal-error',
      counts: false,
      retryAt: new Date('2026-11-24T10:05:00Z'),
    });
  });

  it('waits as long as it takes for a relay that is away, and it costs no attempt', () => {
    expect(settle(transient('relay', null), 99)).toMatchObject({ state: 'planned', counts: false });
  });
});

describe('how late a message is', () => {
  const dueAt = new Date('2026-11-24T09:00:00Z');

  it.each([
    ['from when it fell due', null, 3_600_000],
    ['from the end of what it waited for on purpose', new Date('2026-11-24T09:59:58Z'), 2_000],
    ['from when it fell due, where an earlier wait was over by then', new Date('2026-11-23T09:00:00Z'), 3_600_000],
  ])('counts %s', (_, waitedUntil, lateMs) => {
    expect(lateByMs({ dueAt, waitedUntil }, NOW)).toBe(lateMs);
  });
});
