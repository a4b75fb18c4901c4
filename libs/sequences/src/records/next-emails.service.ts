import { Injectable } from '@nestjs/common';
import { Activations, type RunningActivation } from '#activations';
import { Database } from '#database';
import type { ActivationId, ContactId, PartnerActor } from '#kernel';
import { isConditional, nextEmailAt } from '#sequencing';
import { ContactFacts } from '../enrolment/contact-facts.service.js';
import { ENROLMENT_COLUMNS, type Enrolled, stateOf } from '../enrolment/enrolment-states.service.js';

type Waiting = Pick<
  Enrolled,
  'state' | 'stepKey' | 'position' | 'round' | 'since' | 'dueAt' | 'timeZone' | 'country' | 'enrolledAt'
>;

/**
 * When the next e-mails of an activation go out. The due times of enrolments
 * are not those: a wait or a branch may end on a day without mail.
 */
@Injectable()
export class NextEmails {
  constructor(
    private readonly database: Database,
    private readonly activations: Activations,
    private readonly facts: ContactFacts,
  ) {}

  /**
   * The earliest next e-mail, without further events. Null if no contact waits
   * for one, or while the activation does not run.
   */
  async ofActivation(actor: PartnerActor, id: ActivationId): Promise<Date | null> {
    return this.database.inTransaction(actor, async () => {
      const running = await this.activations.forSending(actor, id);
      if (running.activation.status !== 'active') return null;
      // Contacts at one step with one clock go in the order of their due times.
      const waiting = await this.database.query<Waiting>(
        `SELECT state, step_key, position, round, min(since) AS since, min(due_at) AS due_at, time_zone, country, min(enrolled_at) AS enrolled_at
         FROM sequences.enrolment WHERE activation_id = $1 AND partner_id = $2 AND state = 'waiting' AND due_at IS NOT NULL
         GROUP BY state, step_key, position, round, time_zone, country`,
        [id, running.activation.partnerId],
      );
      const found = waiting.flatMap((one) => next(running, one, this.facts.unknown) ?? []);
      return found.length === 0 ? null : new Date(Math.min(...found.map((at) => at.getTime())));
    });
  }

  /** The next e-mail of each of the contacts that waits for one. */
  async ofContacts(
    actor: PartnerActor,
    id: ActivationId,
    contactIds: readonly ContactId[],
  ): Promise<ReadonlyMap<ContactId, Date>> {
    return this.database.inTransaction(actor, async () => {
      const running = await this.activations.forSending(actor, id);
      if (running.activation.status !== 'active') return new Map();
      const waiting = await this.database.query<Enrolled>(
        `SELECT ${ENROLMENT_COLUMNS} FROM sequences.enrolment e
         WHERE e.activation_id = $1 AND e.contact_id = ANY ($2) AND e.state = 'waiting' AND e.due_at IS NOT NULL`,
        [id, contactIds],
      );
      const known = isConditional(running.sequence) ? await this.facts.load(running, waiting) : new Map<never, never>();
      return new Map(
        waiting.flatMap((one) => {
          const at = next(running, one, known.get(one.id) ?? this.facts.unknown);
          return at === null ? [] : [[one.contactId, at] as const];
        }),
      );
    });
  }
}

function next(running: RunningActivation, waiting: Waiting, facts: ContactFacts['unknown']): Date | null {
  const { timeZone, country } = waiting;
  const { choices } = running.activation;
  return nextEmailAt(running.sequence, stateOf(waiting, running), { zone: timeZone, country, facts, choices });
}
