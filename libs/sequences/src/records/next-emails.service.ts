import { Injectable } from '@nestjs/common';
import { Activations, type RunningActivation, RunningActivations } from '#activations';
import { SendPolicy } from '#contacts';
import { Database } from '#database';
import {
  type ActivationId,
  Clock,
  type ContactId,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  systemActor,
} from '#kernel';
import { nextEmail } from '#sequencing';
import { ContactFacts } from '../enrolment/contact-facts.service.js';
import { armInForce, type Enrolled, sequenceOf, stateOf } from '../enrolment/enrolment-states.service.js';
import { EmailObstacles, type NextEmail } from './email-obstacles.service.js';
import { PlannedEmails } from './planned-emails.service.js';

type Waiting = Pick<
  Enrolled,
  | 'state'
  | 'stepKey'
  | 'position'
  | 'round'
  | 'since'
  | 'dueAt'
  | 'timeZone'
  | 'country'
  | 'enrolledAt'
  | 'entryKind'
  | 'edition'
  | 'arm'
>;

/** Entries of the due queue that are read at once, and how often. */
const PAGE = 500;
const MAX_PAGES = 8;
const LONG_AGO = new Date(0);
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * When the next e-mails of an activation go out. The due times of enrolments
 * are not those: a wait or a branch may end on a day without mail, and an
 * e-mail that was due may wait for a limit.
 */
@Injectable()
export class NextEmails {
  constructor(
    private readonly database: Database,
    private readonly activations: Activations,
    private readonly running: RunningActivations,
    private readonly facts: ContactFacts,
    private readonly policy: SendPolicy,
    private readonly clock: Clock,
    private readonly planned: PlannedEmails,
    private readonly obstacles: EmailObstacles,
  ) {}

  /**
   * The earliest next e-mail, without further events. Null if no contact waits
   * for one, or while the activation does not run. With many contacts, e-mails of
   * other campaigns are left out: some contact gets none of them that day.
   */
  async ofActivation(actor: PartnerActor, id: ActivationId): Promise<Date | null> {
    await this.activations.get(actor, id);
    const system = systemOf(actor);
    return this.database.inTransaction(system, async () => {
      const running = await this.running.forSending(system, id);
      if (running.activation.status !== 'active') return null;
      const few = await this.planned.fewWaiting(system, id);
      if (few !== null) return earliestOf(await this.forContacts(system, running, few));
      const first = await this.ofFirstDue(running, actor.partnerId);
      const due = first === 'undecided' ? await this.ofAllWaiting(running, actor.partnerId) : first;
      const [postponed] = await this.postponed(actor.partnerId, id);
      return earlier(due, postponed?.at ?? null);
    });
  }

  /**
   * Why e-mails that were due wait, and how many. Empty while the activation
   * does not run.
   */
  async waits(actor: PartnerActor, id: ActivationId): Promise<{ reason: string; count: number }[]> {
    const { status } = await this.activations.get(actor, id);
    if (status !== 'active') return [];
    return this.database.inTransaction(systemOf(actor), () => this.postponed(actor.partnerId, id));
  }

  /** E-mails that were due and wait, by reason: the soonest first. */
  private async postponed(
    partnerId: PartnerId,
    id: ActivationId,
  ): Promise<{ reason: string; count: number; at: Date }[]> {
    return this.database.query(
      `SELECT reason, count(*)::int AS count, min(retry_at) AS at FROM delivery.message_view
       WHERE partner_id = $1 AND activation_id = $2 AND state = 'planned' AND retry_at > $3 AND reason IS NOT NULL
       GROUP BY 1 ORDER BY 3, 1`,
      [partnerId, id, this.clock.now()],
    );
  }

  /**
   * Reads the due queue of the partner in its order, until no later entry can
   * have an earlier e-mail: an e-mail is never before its contact is due.
   * 3 ms, where reading every waiting contact takes 0.3 s for 250,000.
   * @returns null for none. Undecided: the entries are of other activations, or
   *   all e-mails are long after them.
   */
  private async ofFirstDue(running: RunningActivation, partnerId: PartnerId): Promise<Date | null | 'undecided'> {
    let earliestMs = Infinity;
    let isFound = false;
    let after: { readonly dueAt: Date; readonly enrolmentId: string } = { dueAt: LONG_AGO, enrolmentId: FIRST_ID };
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const due = await this.database.query<Waiting & { enrolmentId: string; isOurs: boolean; dueAt: Date }>(
        `SELECT d.enrolment_id, d.due_at, e.activation_id = $4 AND e.state = 'waiting' AS is_ours,
           e.state, e.step_key, e.position, e.round, e.since, e.time_zone, e.country, e.enrolled_at, e.entry_kind, e.edition, e.arm
         FROM (SELECT enrolment_id, due_at FROM sequences.due WHERE partner_id = $1 AND (due_at, enrolment_id) > ($2, $3)
               ORDER BY due_at, enrolment_id LIMIT ${PAGE}) d JOIN sequences.enrolment e ON e.id = d.enrolment_id
         ORDER BY d.due_at, d.enrolment_id`,
        [partnerId, after.dueAt, after.enrolmentId, running.activation.id],
      );
      // Contacts at one step with one clock go in the order of their due times.
      const firsts = new Map<string, Waiting>();
      for (const one of due.filter(({ isOurs }) => isOurs)) {
        const { stepKey, position, round, timeZone, country, entryKind, edition, arm } = one;
        const place = [stepKey, position, round, timeZone, country, entryKind, edition, arm].join(' ');
        if (!firsts.has(place)) firsts.set(place, one);
      }
      isFound ||= firsts.size > 0;
      for (const one of firsts.values())
        earliestMs = Math.min(earliestMs, next(running, one, this.facts.unknown)?.getTime() ?? Infinity);
      const last = due.at(-1);
      const isWhole = last === undefined || due.length < PAGE;
      if ((last !== undefined && earliestMs <= last.dueAt.getTime()) || (isWhole && isFound))
        return earliestMs === Infinity ? null : new Date(earliestMs);
      if (isWhole) return 'undecided';
      after = last;
    }
    return 'undecided';
  }

  /** The same by reading every waiting contact. */
  private async ofAllWaiting(running: RunningActivation, partnerId: PartnerId): Promise<Date | null> {
    const waiting = await this.database.query<Waiting>(
      `SELECT state, step_key, position, round, min(since) AS since, min(due_at) AS due_at, time_zone, country, min(enrolled_at) AS enrolled_at,
           entry_kind, edition, arm
         FROM sequences.enrolment WHERE activation_id = $1 AND partner_id = $2 AND state = 'waiting' AND due_at IS NOT NULL
         GROUP BY state, step_key, position, round, time_zone, country, entry_kind, edition, arm`,
      [running.activation.id, partnerId],
    );
    const found = waiting.flatMap((one) => next(running, one, this.facts.unknown) ?? []);
    return found.length === 0 ? null : new Date(Math.min(...found.map((at) => at.getTime())));
  }

  /**
   * What comes next for each of the contacts that waits in the activation. A
   * contact that has unsubscribed meanwhile gets nothing: the reason is known
   * before its next step records it. What a contact told another party
   * (`contact-policy`) is left out.
   */
  async ofContacts(
    actor: PartnerActor,
    id: ActivationId,
    contactIds: readonly ContactId[],
  ): Promise<ReadonlyMap<ContactId, NextEmail>> {
    await this.activations.get(actor, id);
    const system = systemOf(actor);
    return this.database.inTransaction(system, async () => {
      const running = await this.running.forSending(system, id);
      if (running.activation.status !== 'active') return new Map();
      return this.forContacts(system, running, contactIds);
    });
  }

  private async forContacts(
    system: SystemActor,
    running: RunningActivation,
    contactIds: readonly ContactId[],
  ): Promise<ReadonlyMap<ContactId, NextEmail>> {
    const { id, vendorId } = running.activation;
    const open = await this.database.query<{ contactId: ContactId }>(
      `SELECT contact_id FROM sequences.enrolment
       WHERE activation_id = $1 AND partner_id = $3 AND contact_id = ANY ($2) AND state IN ('waiting', 'running')`,
      [id, contactIds, system.partnerId],
    );
    const ids = open.map(({ contactId }) => contactId);
    const decisions = await this.policy.decide(system, vendorId, ids, this.clock.now(), 'of-partner');
    const outcomeOf = await this.obstacles.ofContacts(system, running, ids);
    const times = await this.planned.timesOf(system, running, ids);
    return new Map(
      ids.map((contactId): [ContactId, NextEmail] => {
        const decision = decisions.get(contactId);
        return decision?.send === false && isShown(decision.reason)
          ? [contactId, { at: null, blocked: decision.reason }]
          : [contactId, outcomeOf(contactId, times.timeOf(id, contactId), times.othersBefore(id, contactId))];
      }),
    );
  }
}

function next(running: RunningActivation, waiting: Waiting, facts: ContactFacts['unknown']): Date | null {
  const { timeZone, country } = waiting;
  const { choices } = running.activation;
  const email = nextEmail(sequenceOf(waiting, running), stateOf(waiting, running), {
    zone: timeZone,
    country,
    facts,
    choices,
    arm: armInForce(waiting, running),
  });
  return email?.at ?? null;
}

function earliestOf(emails: ReadonlyMap<ContactId, NextEmail>): Date | null {
  const times = [...emails.values()].flatMap(({ at, blocked }) =>
    at === null || blocked !== null ? [] : [at.getTime()],
  );
  return times.length === 0 ? null : new Date(Math.min(...times));
}

const earlier = (one: Date | null, other: Date | null): Date | null =>
  one === null || (other !== null && other < one) ? other : one;

/** Facts of contacts are read in the scope of a process. */
const systemOf = ({ partnerId }: PartnerActor): SystemActor => systemActor('next-emails', { partnerId });

/** Decisions of a person that the partner is told about at once. */
const isShown = (reason: string): boolean => reason === 'unsubscribed' || reason === 'suppressed';
