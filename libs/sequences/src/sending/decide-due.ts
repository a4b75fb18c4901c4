import type { RunningActivation } from '#activations';
import type { PlannedMessage } from '#delivery';
import { emailOf } from '#sequencing';
import { evaluateDue } from './evaluate-due.js';
import { armInForce, type Enrolled } from '../enrolment/enrolment-states.service.js';

/** Whether a step may have been sent before a backup was restored. */
export type MayBeSentBefore = (step: { readonly dueAt: Date | null }) => boolean;

export interface Delayed {
  readonly enrolment: Enrolled;
  readonly dueAt: Date;
}

/** Decisions on enrolments that are due. */
export interface DueDecisions {
  readonly planned: PlannedMessage[];
  /** Wait for the sending window of the contact's next day. */
  readonly delayed: Delayed[];
  /** No e-mail to send now: the inbox decides the next step. */
  readonly forInbox: Enrolled[];
  /** The vendor's relays accept no messages now. */
  readonly relaysBusy: Enrolled[];
}

/**
 * Decides on the due enrolments of one activation. Pure.
 * @param rests whether the vendor's relays accept no messages now.
 */
export function decideDue(
  running: RunningActivation,
  enrolled: readonly Enrolled[],
  now: Date,
  { isDoubtful: mayBeSent, rests }: { readonly isDoubtful: MayBeSentBefore; readonly rests: boolean },
): DueDecisions {
  const { id: activationId, vendorId } = running.activation;
  const judged: DueDecisions = { planned: [], delayed: [], forInbox: [], relaysBusy: [] };
  for (const enrolment of enrolled) {
    // A doubtful step is decided as of its own due time. With a later window or
    // day it would look new, and would be sent a second time.
    const asOf = mayBeSent(enrolment) ? (enrolment.dueAt ?? now) : now;
    const { step, next: standing, effects } = evaluateDue(enrolment, running, asOf);
    if (step?.kind !== 'email') judged.forInbox.push(enrolment);
    else if (rests && !mayBeSent(enrolment)) judged.relaysBusy.push(enrolment);
    else if (effects[0]?.kind === 'act')
      judged.planned.push({
        enrolmentId: enrolment.id,
        stepKey: step.key,
        occurrence: standing.round,
        emailKey: emailOf(step, armInForce(enrolment, running)),
        partnerId: enrolment.partnerId,
        vendorId,
        activationId,
        contactId: enrolment.contactId,
        dueAt: enrolment.dueAt ?? now,
      });
    // Due, but outside its window.
    else if (effects.length === 0 && standing.dueAt !== null) judged.delayed.push({ enrolment, dueAt: standing.dueAt });
    else judged.forInbox.push(enrolment);
  }
  return judged;
}
