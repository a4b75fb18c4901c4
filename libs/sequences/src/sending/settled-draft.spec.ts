import type { Settlement } from '#delivery';
import type { SubmissionOutcome } from '#mailer';
import { aRunning, NOW } from '../enrolment/enrolled.fixture.js';
import type { Draft } from './draft.js';
import { type SettledDraft, sharedGroup, stepDecisionOf } from './settled-draft.js';

const running = aRunning([{ key: 'one', email: 'welcome' }]);
const message = { id: 'message', stepKey: 'one' } as unknown as Draft['message'];

const settled = (state: Settlement['state'], reason: string): SettledDraft => ({
  draft: { message, running } as Draft,
  outcome: {} as SubmissionOutcome,
  settlement: { state, reason, at: NOW } as Settlement,
  relay: null,
});

describe('the step of a settled message', () => {
  it.each([
    ['accepted', 'sent', 'sent'],
    ['failed', 'mailbox-unknown', 'failed'],
    ['unknown', 'unknown', 'failed'],
  ] as const)('of state %s (%s) is %s', (state, reason, outcome) => {
    expect(stepDecisionOf(settled(state, reason))).toEqual({ message, running, outcome, reason, at: NOW });
  });

  it('has no outcome while the message will be tried again', () => {
    expect(stepDecisionOf(settled('planned', 'deferred'))).toBeNull();
  });
});

describe('the group of domains of an address', () => {
  it.each([
    ['is stored where several domains share a host', 'mx.example.net', 'ada@customer.example', 'mx.example.net'],
    ['is the domain itself otherwise', 'customer.example', 'ada@Customer.example', null],
  ])('%s', (_, group, address, shared) => {
    expect(sharedGroup(group, address)).toBe(shared);
  });
});
