import { Injectable } from '@nestjs/common';
import { type RunningActivation, RunningActivations } from '#activations';
import { SendingPreferences } from '#brand';
import { Preferences } from '#contacts';
import { Database } from '#database';
import { ContactSendHistory } from '#delivery';
import { type ActivationId, Clock, type ContactId, DAY_MS, groupBy, type SystemActor, type VendorId } from '#kernel';
import { isConditional, nextEmail, type UpcomingEmail } from '#sequencing';
import { ContactFacts } from '../enrolment/contact-facts.service.js';
import {
  armInForce,
  ENROLMENT_COLUMNS,
  type Enrolled,
  sequenceOf,
  stateOf,
} from '../enrolment/enrolment-states.service.js';
import { opensAt } from '../sending/preflight-verdict.js';
import { inOrder, type PlannedEmail, withinDays } from './within-days.js';

/** An e-mail that was due and waits. */
interface Postponed extends UpcomingEmail {
  readonly contactId: ContactId;
  readonly activationId: ActivationId;
  readonly timeZone: string;
  readonly country: string | null;
  readonly arm: string | null;
}

/** By activation and contact; without those that have none. */
export class PlannedTimes {
  constructor(
    private readonly times: ReadonlyMap<ContactId, ReadonlyMap<ActivationId, Date>>,
    private readonly vendors: ReadonlyMap<ActivationId, VendorId>,
  ) {}

  /** What other campaigns of the partner send to a contact before its e-mail of this one. */
  othersBefore(
    activationId: ActivationId,
    contactId: ContactId,
  ): readonly { readonly at: Date; readonly vendorId: VendorId }[] {
    const at = this.timeOf(activationId, contactId);
    if (at === null) return [];
    return [...(this.times.get(contactId) ?? [])].flatMap(([id, other]) => {
      const vendorId = this.vendors.get(id);
      const isBefore = inOrder({ at: other, activationId: id }, { at, activationId }) < 0;
      return vendorId === undefined || id === activationId || !isBefore ? [] : [{ at: other, vendorId }];
    });
  }

  timeOf(activationId: ActivationId, contactId: ContactId): Date | null {
    return this.times.get(contactId)?.get(activationId) ?? null;
  }
}

/** More running campaigns of one contact are not looked at. */
const MAX_CAMPAIGNS = 50;
const MAX_FEW = 200;
const MAX_READ = 5_000;
/** The longest day, with room for two clocks. */
const LOOK_BACK_MS = 2 * DAY_MS;

/**
 * The next e-mails of contacts in all running campaigns of their partner, under
 * its limit of e-mails a day.
 */
@Injectable()
export class PlannedEmails {
  constructor(
    private readonly database: Database,
    private readonly running: RunningActivations,
    private readonly facts: ContactFacts,
    private readonly clock: Clock,
    private readonly limits: SendingPreferences,
    private readonly preferences: Preferences,
    private readonly history: ContactSendHistory,
  ) {}

  /**
   * In the open transaction of the partner's scope.
   * @param own the activation that is asked about; it is running.
   */
  async timesOf(actor: SystemActor, own: RunningActivation, contactIds: readonly ContactId[]): Promise<PlannedTimes> {
    const { emailsPerDay } = await this.limits.get(actor);
    const running = await this.runningOf(actor, own, emailsPerDay === null ? [] : contactIds);
    const planned = await this.plannedIn(actor, running, contactIds);
    const since = new Date(this.clock.now().getTime() - LOOK_BACK_MS);
    const sent = emailsPerDay === null ? [] : await this.history.submittedSince(contactIds, since);
    const sentTo = groupBy(sent, ({ contactId }) => contactId);
    return new PlannedTimes(
      new Map(
        [...groupBy(planned, ({ contactId }) => contactId)].map(([contactId, emails]) => [
          contactId,
          withinDays(emails, sentTo.get(contactId) ?? [], emailsPerDay),
        ]),
      ),
      new Map(running.map(({ activation }) => [activation.id, activation.vendorId])),
    );
  }

  /**
   * The contacts that wait in an activation, if they are few. A page that reads
   * them is read every five seconds.
   * @returns null: there are many, or the partner has no limit.
   */
  async fewWaiting(actor: SystemActor, activationId: ActivationId): Promise<ContactId[] | null> {
    if ((await this.limits.get(actor)).emailsPerDay === null) return null;
    const [counted] = await this.database.query<{ all: number; open: number }>(
      `SELECT coalesce(sum(n), 0)::int AS all, coalesce(sum(n) FILTER (WHERE counted_as = 'open'), 0)::int AS open
       FROM sequences.progress WHERE activation_id = $1 AND step_key = ''`,
      [activationId],
    );
    if (counted === undefined || counted.all > MAX_READ || counted.open > MAX_FEW) return null;
    const rows = await this.database.query<{ contactId: ContactId }>(
      `SELECT contact_id FROM sequences.enrolment WHERE activation_id = $1 AND partner_id = $2 AND state IN ('waiting', 'running')`,
      [activationId, actor.partnerId],
    );
    return rows.map(({ contactId }) => contactId);
  }

  private async runningOf(
    actor: SystemActor,
    own: RunningActivation,
    contactIds: readonly ContactId[],
  ): Promise<RunningActivation[]> {
    const others = await this.database.query<{ id: ActivationId }>(
      `SELECT DISTINCT e.activation_id AS id FROM sequences.enrolment e JOIN activations.activation_view a ON a.id = e.activation_id
       WHERE e.contact_id = ANY ($1) AND e.partner_id = $2 AND e.activation_id <> $3 AND e.state IN ('waiting', 'running')
         AND a.status = 'active' ORDER BY 1 LIMIT ${MAX_CAMPAIGNS}`,
      [contactIds, actor.partnerId, own.activation.id],
    );
    const ids = others.map(({ id }) => id);
    return [own, ...(await this.running.allForSending(actor, ids))];
  }

  /** What campaigns plan for contacts that want their topic. */
  private async plannedIn(
    actor: SystemActor,
    running: readonly RunningActivation[],
    contactIds: readonly ContactId[],
  ): Promise<PlannedEmail[]> {
    const ids = running.map(({ activation }) => activation.id);
    const waiting = groupBy(await this.waitingIn(actor, ids, contactIds), ({ activationId }) => activationId);
    const postponed = groupBy(await this.postponedIn(ids, contactIds), ({ activationId }) => activationId);
    const refused = await this.preferences.refusedTopics(actor, contactIds);
    const planned: PlannedEmail[] = [];
    for (const one of running) {
      const { id } = one.activation;
      const emails = [...(await this.upcomingIn(one, waiting.get(id) ?? [])), ...(postponed.get(id) ?? [])];
      for (const { stepKey, country, arm, ...email } of emails)
        if (refused.get(email.contactId)?.has(one.topic) !== true)
          planned.push({
            ...email,
            opensAt: (now) =>
              opensAt({
                running: one,
                stepKey,
                timeZone: email.timeZone,
                country,
                arm: armInForce({ arm }, one),
                now,
              }),
          });
    }
    return planned;
  }

  private async upcomingIn(running: RunningActivation, waiting: readonly Enrolled[]): Promise<Postponed[]> {
    const known =
      waiting.length > 0 && isConditional(running.sequence)
        ? await this.facts.load(running, waiting)
        : new Map<never, never>();
    const { choices } = running.activation;
    return waiting.flatMap((one): Postponed[] => {
      const { contactId, activationId, timeZone, country, arm } = one;
      const facts = known.get(one.id) ?? this.facts.unknown;
      const email = nextEmail(sequenceOf(one, running), stateOf(one, running), {
        zone: timeZone,
        country,
        facts,
        choices,
        arm: armInForce(one, running),
      });
      return email === null ? [] : [{ contactId, activationId, timeZone, country, arm, ...email }];
    });
  }

  private async waitingIn(
    actor: SystemActor,
    ids: readonly ActivationId[],
    contactIds: readonly ContactId[],
  ): Promise<Enrolled[]> {
    return this.database.query<Enrolled>(
      `SELECT ${ENROLMENT_COLUMNS} FROM sequences.enrolment e
       WHERE e.activation_id = ANY ($1) AND e.partner_id = $3 AND e.contact_id = ANY ($2) AND e.state = 'waiting' AND e.due_at IS NOT NULL`,
      [ids, contactIds, actor.partnerId],
    );
  }

  /** E-mails that were due and wait. */
  private async postponedIn(ids: readonly ActivationId[], contactIds: readonly ContactId[]): Promise<Postponed[]> {
    return this.database.query<Postponed>(
      `SELECT DISTINCT ON (m.activation_id, m.contact_id) m.contact_id, m.activation_id, m.step_key, m.retry_at AS at, e.time_zone, e.country, e.arm
       FROM delivery.message_view m JOIN sequences.enrolment e ON e.id = m.enrolment_id
       WHERE m.activation_id = ANY ($1) AND m.contact_id = ANY ($2) AND m.state = 'planned' AND m.retry_at > $3
       ORDER BY m.activation_id, m.contact_id, m.retry_at`,
      [ids, contactIds, this.clock.now()],
    );
  }
}
