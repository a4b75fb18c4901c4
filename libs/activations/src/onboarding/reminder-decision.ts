import type { OnboardingStopReason } from '#contracts';

/** What is known of a partner when its next reminder is due. */
export interface ReminderFacts {
  /** It is in the vendor's programme. */
  readonly isPartner: boolean;
  readonly hasLaunched: boolean;
  /** A person of the partner has hidden the checklist. */
  readonly hasHidden: boolean;
  /** It has an open step that can be done now. */
  readonly canGoOn: boolean;
  readonly sent: number;
  /** Reminders in a row, with the last one, after which nobody was in the portal and no step was done. */
  readonly unanswered: number;
}

export type ReminderDecision =
  | { readonly kind: 'send' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'stop'; readonly reason: OnboardingStopReason };

/** Who ignores so many in a row gets no more. */
const IGNORED = 2;
/** Also of a partner that looks, but launches nothing: more of the same text would only annoy. */
export const MOST_REMINDERS = 4;

/** Whether a partner is reminded now. */
export function reminderDecision(facts: ReminderFacts): ReminderDecision {
  const { isPartner, hasLaunched, hasHidden, canGoOn, sent, unanswered } = facts;
  if (!isPartner) return { kind: 'stop', reason: 'ended' };
  if (hasLaunched) return { kind: 'stop', reason: 'launched' };
  if (hasHidden) return { kind: 'stop', reason: 'hidden' };
  if (unanswered >= IGNORED) return { kind: 'stop', reason: 'ignored' };
  if (sent >= MOST_REMINDERS) return { kind: 'stop', reason: 'enough' };
  return { kind: canGoOn ? 'send' : 'wait' };
}
