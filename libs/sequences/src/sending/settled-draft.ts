import type { RunningActivation } from '#activations';
import type { Settlement } from '#delivery';
import type { SubmissionOutcome } from '#mailer';
import type { ReasonCode } from '../enrolment/reason.js';
import type { Draft } from './draft.js';
import { domainOf } from './sending-stream.js';

/** What happened to one draft. */
export interface SettledDraft {
  readonly draft: Draft;
  readonly outcome: SubmissionOutcome;
  readonly settlement: Settlement;
  /** Name of the relay that was asked last. */
  readonly relay: string | null;
}

export interface SettledStep {
  readonly message: Draft['message'];
  readonly running: RunningActivation;
  readonly outcome: 'sent' | 'failed';
  readonly reason: ReasonCode;
  readonly at: Date;
}

/**
 * The outcome of a message's step; null while the message will be tried again.
 * An *unknown* message counts as failed until it is resolved.
 */
export function stepDecisionOf({
  draft: { message, running },
  settlement: { state, reason, at },
}: SettledDraft): SettledStep | null {
  if (state === 'planned') return null;
  return { message, running, outcome: state === 'accepted' ? 'sent' : 'failed', reason: reason as ReasonCode, at };
}

/** The group of domains that an address shares a host with; null: none. */
export const sharedGroup = (group: string, address: string): string | null =>
  group === domainOf(address) ? null : group;
