import type { RunningActivation } from '#activations';
import type { PlannedMessage } from '#delivery';
import { evaluateDue } from './evaluate-due.js';
import type { Enrolled } from '../enrolment/enrolment-states.service.js';

/**
 * Whether a moment lies in what may have been sent before a backup was
 * restored.
 */
export type MayBeSentBefore = (step: { readonly dueAt: Date | null }) => boolean;

export interface Delayed {
  readonly enrolment: Enrolled;
  readonly dueAt: Date;
}

/** What is to be done with what fell due. */
export interface DueDecisions {
  readonly planned: PlannedMessage[];
  /** Wait for the window of that person's next day. */
  readonly delayed: Delayed[];
  /** Are no e-mail to be sent now: where they go is decided by their turn. */
  readonly forInbox: Enrolled[];
  /** Their vendor's relays take nothing now. */
  readonly relaysBusy: Enrolled[];
}

/**
 * What is to be done with what fell due in one activation. Pure.
 * @param rests whether its vendor's relays take nothing now.
 */
export function decideDue(
  running: RunningActivation,
  enrolled: readonly Enrolled[],
  now: Date,
  { isDoubtful, rests }: { readonly isDoubtful: MayBeSentBefore; readonly rests: boolean },
): DueDecisions {
  const { id: activationId, vendorId } = running.activation;
  const judged: DueDecisions = { planned: [], delayed: [], forInbox: [], relaysBusy: [] };
  for (const enrolment of enrolled) {
    // What is in doubt is decided as of its own moment: put off to another
    // window or day it would look new, and be sent.
    const asOf = isDoubtful(enrolment) ? (enrolment.dueAt ?? now) : now;
    const { step, next: standing, effects } = evaluateDue(enrolment, running, asOf);
    if (step?.kind !== 'email') judged.forInbox.push(enrolment);
    else if (rests && !isDoubtful(enrolment)) judged.relaysBusy.push(enrolment);
    else if (effects[0]?.kind === 'act')
      judged.planned.push({
        enrolmentId: enrolment.id,
        stepKey: step.key,
        occurrence: standing.round,
        emailKey: step.email,
        partnerId: enrolment.partnerId,
        vendorId,
        activationId,
        contactId: enrolment.contactId,
        dueAt: enrolment.dueAt ?? now,
      });
    // Fell due, but late.
    else if (effects.length === 0 && standing.dueAt !== null) judged.delayed.push({ enrolment, dueAt: standing.dueAt });
    else judged.forInbox.push(enrolment);
  }
  return judged;
}
