import type { RunningActivation } from '#activations';
import type { IdentityStatus } from '#brand';
import type { SendDecision } from '#contacts';
import type { ConsentEvidence } from '#delivery';
import { actionMoment, isAction, isPostponement, stepOf } from '#sequencing';
import type { ReasonCode, WaitReason } from '../enrolment/reason.js';
import type { RecallVerdict } from './recall-verdict.js';

/** Facts about one leased message at its release. */
export interface PreflightInput {
  readonly running: Pick<RunningActivation, 'sequence' | 'versionLive'> & {
    readonly activation: Pick<RunningActivation['activation'], 'status' | 'choices'>;
  };
  /** What a recall in force makes of this e-mail, see `recallVerdict`. */
  readonly recall: RecallVerdict;
  readonly isHalted: boolean;
  /** The partner has not agreed to each server of the vendor. */
  readonly lacksRelayConsent: boolean;
  readonly identity: IdentityStatus;
  readonly decision: SendDecision | undefined;
  /** The contact wants e-mails less often. */
  readonly isTooSoon: boolean;
  /** The contact wants no e-mails on the topic of this campaign. */
  readonly isTopicRefused: boolean;
  readonly stepKey: string;
  /** Time zone of the contact. */
  readonly timeZone: string;
  readonly country: string | null;
  /** What the contact gets of a test, see `armInForce`. */
  readonly arm: string | null;
  /** Until when no relay of the vendor accepts messages, or null. */
  readonly relaysRestUntil: Date | null;
  /** Until when the vendor's relays are saturated, or null. */
  readonly relaysBusyUntil: Date | null;
  /** Until when the destination is paused, or null. */
  readonly destinationPausedUntil: Date | null;
  readonly now: Date;
}

export type Verdict =
  | { readonly kind: 'send'; readonly consent: ConsentEvidence }
  | { readonly kind: 'skip'; readonly reason: ReasonCode }
  | { readonly kind: 'wait'; readonly reason: WaitReason; readonly until: Date };

/**
 * Held and halted messages are checked again after this, besides any wake-up.
 * The interval is long, because a hold can last weeks. It is short enough for a
 * release that was checked just before the hold ended.
 */
const HOLD_RECHECK_MS = 5 * 60_000;
/** A reversal wakes what waits for it. */
const RECALL_RECHECK_MS = 6 * 3_600_000;
/** A DNS record or a profile must change first. */
const IDENTITY_RECHECK_MS = 5 * 60_000;

/**
 * Decides whether a message may be sent now, at its release. Reasons to refuse
 * come before reasons to wait: a message must not wait for days and then be
 * refused. The frequency caps are checked later.
 */
export function preflightVerdict(facts: PreflightInput): Verdict {
  const { activation, versionLive } = facts.running;
  const lookAgain = new Date(facts.now.getTime() + HOLD_RECHECK_MS);
  if (!versionLive) return { kind: 'skip', reason: 'version-ended' };
  // A completed activation may send: an unknown message can return to be sent
  // after all enrolments have ended.
  if (activation.status === 'stopped') return { kind: 'skip', reason: 'activation-over' };
  if (stepOf(facts.running.sequence, facts.stepKey) === undefined) return { kind: 'skip', reason: 'step-removed' };
  if (activation.status === 'held') return { kind: 'wait', reason: 'held', until: lookAgain };
  if (facts.recall === 'skip') return { kind: 'skip', reason: 'recalled' };
  if (facts.recall === 'wait')
    return { kind: 'wait', reason: 'waits-for-recall', until: new Date(facts.now.getTime() + RECALL_RECHECK_MS) };
  if (facts.isHalted) return { kind: 'wait', reason: 'halted', until: lookAgain };
  if (facts.lacksRelayConsent) return { kind: 'wait', reason: 'relay-consent', until: lookAgain };
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

type Opening = Pick<PreflightInput, 'running' | 'stepKey' | 'timeZone' | 'country' | 'arm' | 'now'>;

/**
 * The first moment from a time on at which the step may be sent, in the
 * contact's time zone. Null if its days are over.
 */
export function opensAt({ running, stepKey, timeZone, country, arm, now }: Opening): Date | null {
  const { sequence, activation } = running;
  const step = stepOf(sequence, stepKey);
  if (step === undefined || !isAction(step)) return now;
  return actionMoment(sequence, step, now, { zone: timeZone, country, arm, choices: activation.choices });
}
