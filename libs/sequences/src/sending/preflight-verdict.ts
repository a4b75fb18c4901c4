import type { RunningActivation } from '#activations';
import type { IdentityStatus } from '#brand';
import type { SendDecision } from '#contacts';
import type { ConsentEvidence } from '#delivery';
import { actionMoment, isAction, isPostponement, stepOf } from '#sequencing';
import type { ReasonCode, WaitReason } from '../enrolment/reason.js';

/** What is known of one leased message at the moment of handing it off. */
export interface PreflightInput {
  readonly running: Pick<RunningActivation, 'sequence' | 'versionLive'> & {
    readonly activation: Pick<RunningActivation['activation'], 'status' | 'choices'>;
  };
  readonly isHalted: boolean;
  readonly identity: IdentityStatus;
  readonly decision: SendDecision | undefined;
  /** The person wants mail less often than this would be. */
  readonly isTooSoon: boolean;
  /** The person wants none on what this campaign is about. */
  readonly isTopicRefused: boolean;
  readonly stepKey: string;
  /** Zone of the contact's clock. */
  readonly timeZone: string;
  readonly country: string | null;
  /** Until when no relay takes mail of its vendor, or null. */
  readonly relaysRestUntil: Date | null;
  /** Until when its vendor's relays have enough to do, or null. */
  readonly relaysBusyUntil: Date | null;
  /** Until when its destination waits, or null. */
  readonly destinationPausedUntil: Date | null;
  readonly now: Date;
}

export type Verdict =
  | { readonly kind: 'send'; readonly consent: ConsentEvidence }
  | { readonly kind: 'skip'; readonly reason: ReasonCode }
  | { readonly kind: 'wait'; readonly reason: WaitReason; readonly until: Date };

/**
 * What is held or halted is looked at again after this, whoever wakes it or
 * not: a hold of weeks is not to keep schedulers busy, and a hand-off that
 * looked a moment before it ended is not to wait for long.
 */
const HOLD_RECHECK_MS = 5 * 60_000;
/** Somebody has to change a DNS record or a profile. */
const IDENTITY_RECHECK_MS = 5 * 60_000;

/**
 * Whether a message may go out now: looked at when it is handed off, not when
 * it was scheduled. Reasons that end it come before reasons to wait, so that
 * nothing waits for days to be refused then; the touch of the frequency cap is
 * taken after all of this.
 */
export function preflightVerdict(facts: PreflightInput): Verdict {
  const { activation, versionLive } = facts.running;
  const lookAgain = new Date(facts.now.getTime() + HOLD_RECHECK_MS);
  if (!versionLive) return { kind: 'skip', reason: 'version-ended' };
  // Completed is no reason: everybody's way has ended, but what was unknown may
  // have come back to be sent.
  if (activation.status === 'stopped') return { kind: 'skip', reason: 'activation-over' };
  if (activation.status === 'held') return { kind: 'wait', reason: 'held', until: lookAgain };
  if (facts.isHalted) return { kind: 'wait', reason: 'halted', until: lookAgain };
  if (facts.identity === 'blocked') return { kind: 'skip', reason: 'identity-blocked' };
  if (facts.decision === undefined) return { kind: 'skip', reason: 'contact-gone' };
  if (!facts.decision.send) return { kind: 'skip', reason: facts.decision.reason };
  if (facts.isTopicRefused) return { kind: 'skip', reason: 'topic-refused' };
  if (facts.isTooSoon) return { kind: 'skip', reason: 'prefers-fewer' };
  if (facts.identity === 'held')
    return { kind: 'wait', reason: 'identity-held', until: new Date(facts.now.getTime() + IDENTITY_RECHECK_MS) };
  const opens = opensAt(facts);
  if (opens === null) return { kind: 'skip', reason: 'step-expired' };
  if (opens > facts.now) {
    const reason = isPostponement(facts.now, activation.choices.postponements) ? 'postponed' : 'outside-window';
    return { kind: 'wait', reason, until: opens };
  }
  if (facts.relaysRestUntil !== null) return { kind: 'wait', reason: 'relays-away', until: facts.relaysRestUntil };
  if (facts.relaysBusyUntil !== null) return { kind: 'wait', reason: 'relays-slow', until: facts.relaysBusyUntil };
  if (facts.destinationPausedUntil !== null && facts.destinationPausedUntil > facts.now)
    return { kind: 'wait', reason: 'destination-waits', until: facts.destinationPausedUntil };
  const { consentRecordId, basis, rules } = facts.decision;
  return { kind: 'send', consent: { consentRecordId, basis, rules } };
}

/**
 * The first moment from now at which its step may arrive, by the contact's own
 * clock; null when its days are over.
 */
function opensAt({ running: { sequence, activation }, stepKey, timeZone, country, now }: PreflightInput): Date | null {
  const step = stepOf(sequence, stepKey);
  if (step === undefined || !isAction(step)) return now;
  return actionMoment(sequence, step, now, { zone: timeZone, country, choices: activation.choices });
}
