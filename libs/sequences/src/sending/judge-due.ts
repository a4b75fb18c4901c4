import type { RunningActivation } from '#activations';
import type { PlannedMessage } from '#delivery';
import { fallsDue } from './falls-due.js';
import type { Enrolled } from '../enrolment/standings.service.js';

/** Whether a moment lies in what may have been sent before a backup was restored. */
export type IsDoubtful = (step: { readonly dueAt: Date | null }) => boolean;

export interface Late {
  readonly enrolment: Enrolled;
  readonly dueAt: Date;
}

/** What is to be done with what fell due. */
export interface Judged {
  readonly planned: PlannedMessage[];
  /** Wait for the window of that person's next day. */
  readonly late: Late[];
  /** Are no e-mail to be sent now: where they go is decided by their turn. */
  readonly turns: Enrolled[];
  /** Their vendor's relays take nothing now. */
  readonly resting: Enrolled[];
}

/** What is to be done with what fell due in one activation. Pure. @param rests whether its vendor's relays take nothing now. */
export function judgeDue(
  running: RunningActivation,
  enrolled: readonly Enrolled[],
  now: Date,
  { isDoubtful, rests }: { readonly isDoubtful: IsDoubtful; readonly rests: boolean },
): Judged {
  const { id: activationId, vendorId } = running.activation;
  const judged: Judged = { planned: [], late: [], turns: [], resting: [] };
  for (const enrolment of enrolled) {
    // What is in doubt is decided as of its own moment: put off to another window or day it would look new, and be sent.
    const asOf = isDoubtful(enrolment) ? (enrolment.dueAt ?? now) : now;
    const { step, standing, effects } = fallsDue(enrolment, running, asOf);
    if (step?.kind !== 'email') judged.turns.push(enrolment);
    else if (rests && !isDoubtful(enrolment)) judged.resting.push(enrolment);
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
    else if (effects.length === 0 && standing.dueAt !== null) judged.late.push({ enrolment, dueAt: standing.dueAt });
    else judged.turns.push(enrolment);
  }
  return judged;
}
