import { Injectable } from '@nestjs/common';
import { type Activation, Activations } from '#activations';
import type { SequenceDefinition } from '#sequencing';
import { type ContactForSending, Contacts } from '#contacts';
import { Database } from '#database';
import { Ledger } from '#delivery';
import {
  type ActivationId,
  bestLocale,
  Clock,
  type ContactId,
  type EnrolmentId,
  newId,
  type PartnerId,
  type SystemActor,
  systemActor,
} from '#kernel';
import { defaultTimeZone } from '#organisations';
import { CampaignReach } from './campaign-reach.service.js';
import { DueQueue } from './due-queue.service.js';
import type { ReasonCode } from './reason.js';
import { nextStanding, zoneOf } from './sequence.js';

const PAGE = 500;

interface NewEnrolment {
  readonly contactId: ContactId;
  readonly locale: string;
  readonly zone: string;
  readonly source: string;
  readonly standing: ReturnType<typeof nextStanding>;
}

/** Puts the contacts of a list on their way. */
@Injectable()
export class Enrolments {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly contacts: Contacts,
    private readonly activations: Activations,
    private readonly ledger: Ledger,
    private readonly queue: DueQueue,
    private readonly reach: CampaignReach,
  ) {}

  /**
   * Enrols everybody on the list, page by page; who is enrolled already stays as they are, so it may run again. Whom the partner's
   * campaign has reached before is not enrolled, and that is written down.
   */
  async enrol(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    const { activation, sequence, locales } = await this.activations.forSending(actor, activationId);
    if (activation.status === 'stopped' || activation.status === 'completed') return;
    const startAt = activation.startAt;
    let afterId: ContactId | null = null;
    for (;;) {
      const page: ContactForSending[] = await this.contacts.inList(actor, activation.listId, { afterId, limit: PAGE });
      const rows = page.map((contact) => {
        const { zone, source } = zoneOf(contact, defaultTimeZone, activation.timeZone);
        const standing = nextStanding(sequence, 0, startAt, zone);
        return {
          contactId: contact.id,
          locale: bestLocale(contact.language ?? activation.locale, [activation.locale, ...locales]),
          zone,
          source,
          standing,
        };
      });
      await this.database.inTransaction(actor, async () => {
        await this.reach.lock(partnerId, activation.campaignId);
        const fresh = await this.passOver(actor, activation, firstEmail(sequence), rows);
        await this.insert(activationId, partnerId, fresh);
        if (page.length < PAGE) await this.activations.markEnrolled(activationId);
      });
      if (page.length < PAGE) return;
      afterId = page.at(-1)?.id ?? null;
    }
  }

  /** Lets the ticks see again what a held activation has due. */
  async wake(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    await this.database.inTransaction(systemActor('scheduler', { partnerId }), () =>
      this.queue.wakeActivation(partnerId, activationId),
    );
  }

  /** Ends every enrolment of an activation, in one statement. */
  async stop(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    await this.database.inTransaction(systemActor('scheduler', { partnerId }), async () => {
      // Enrolments before what is due, as where an outcome moves them on.
      await this.database.query(
        `UPDATE sequences.enrolment SET state = 'stopped', due_at = NULL WHERE activation_id = $1 AND state IN ('waiting', 'running')`,
        [activationId],
      );
      await this.queue.removeActivation(activationId);
    });
  }

  /** Ends one contact's way through an activation; what is planned for it and not handed over yet is not sent. Safe to repeat. */
  async leave(
    activationId: ActivationId,
    partnerId: PartnerId,
    contactId: ContactId,
    reason: ReasonCode,
  ): Promise<void> {
    await this.database.inTransaction(systemActor('scheduler', { partnerId }), async () => {
      const [enrolled] = await this.database.query<{ id: EnrolmentId }>(
        'SELECT id FROM sequences.enrolment WHERE activation_id = $1 AND contact_id = $2',
        [activationId, contactId],
      );
      if (enrolled === undefined) return;
      // Messages, enrolments, what is due: an outcome takes them in this order, too.
      await this.ledger.withdraw(enrolled.id, reason);
      const left = await this.database.query(
        `UPDATE sequences.enrolment SET state = 'exited', due_at = NULL WHERE id = $1 AND state IN ('waiting', 'running') RETURNING id`,
        [enrolled.id],
      );
      await this.queue.remove(enrolled.id);
      // What a claim planned while this waited for the enrolment.
      if (left.length > 0) await this.ledger.withdraw(enrolled.id, reason);
    });
  }

  /** Writes down whom the campaign has reached before. @returns the others. Under the campaign's lock: two launches never enrol one person. */
  private async passOver<R extends { readonly contactId: ContactId }>(
    actor: SystemActor,
    { id, partnerId, campaignId }: Activation,
    stepKey: string,
    rows: readonly R[],
  ): Promise<R[]> {
    const ids = rows.map(({ contactId }) => contactId);
    const reached = await this.reach.among(actor, partnerId, campaignId, ids, id);
    if (reached.size > 0)
      await this.database.query(
        `INSERT INTO sequences.not_enrolled (activation_id, contact_id, partner_id, step_key, reason, decided_at)
         SELECT $1, c, $2, $3, $4, $5 FROM unnest($6::uuid[]) c ON CONFLICT DO NOTHING`,
        [id, partnerId, stepKey, 'already-got' satisfies ReasonCode, this.clock.now(), [...reached]],
      );
    const passed = await this.database.query<{ id: ContactId }>(
      'SELECT contact_id AS id FROM sequences.not_enrolled WHERE activation_id = $1 AND contact_id = ANY ($2)',
      [id, ids],
    );
    const over = new Set(passed.map((one) => one.id));
    return rows.filter(({ contactId }) => !over.has(contactId));
  }

  private async insert(activationId: ActivationId, partnerId: PartnerId, rows: readonly NewEnrolment[]): Promise<void> {
    const inserted = await this.database.query<{ id: EnrolmentId; dueAt: Date | null }>(
      `INSERT INTO sequences.enrolment (id, activation_id, partner_id, contact_id, locale, time_zone, time_zone_source, state, position, due_at, enrolled_at)
       SELECT e.id, $1, $2, e.contact, e.locale, e.zone, e.source, CASE WHEN e.due IS NULL THEN 'completed' ELSE 'waiting' END, e.position, e.due, $3
       FROM unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::int[], $10::timestamptz[]) e (id, contact, locale, zone, source, position, due)
       ON CONFLICT DO NOTHING RETURNING id, due_at AS "dueAt"`,
      [
        activationId,
        partnerId,
        this.clock.now(),
        rows.map(() => newId<EnrolmentId>()),
        rows.map(({ contactId }) => contactId),
        rows.map(({ locale }) => locale),
        rows.map(({ zone }) => zone),
        rows.map(({ source }) => source),
        rows.map(({ standing }) => (standing.kind === 'waiting' ? standing.position : 0)),
        rows.map(({ standing }) => (standing.kind === 'waiting' ? standing.dueAt : null)),
      ],
    );
    const due = inserted.flatMap(({ id, dueAt }) => (dueAt === null ? [] : [{ enrolmentId: id, dueAt }]));
    await this.queue.put(partnerId, due);
  }
}

const firstEmail = ({ steps }: SequenceDefinition): string => steps.find(({ kind }) => kind === 'email')?.key ?? '';
