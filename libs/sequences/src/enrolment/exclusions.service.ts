import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Contacts } from '#contacts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type ActivationId, Clock, type ContactId, DAY_MS, type Id, newId, type PartnerActor } from '#kernel';
import type { ExclusionReason } from '#sequencing';

/** Why the partner's campaigns stop for a contact. */
interface Exclusion {
  readonly reason: ExclusionReason;
  readonly at: Date;
  /** The user who said it; null: a reply or a lead was received. */
  readonly by: string | null;
  /** Launches after it reach the contact again; null: until it is lifted. */
  readonly endsAt: Date | null;
}

/** A contact's exclusion, and campaigns in which it waits. */
export interface CampaignState {
  /** The newest that holds; null: none does. */
  readonly exclusion: Exclusion | null;
  /** Activations in which the contact waits for something. */
  readonly running: readonly ActivationId[];
}

/**
 * How long a launch leaves out a contact that answered or bought. As in
 * libs/database/functions/sequences.exclude_replier.sql and exclude_lead.sql.
 */
const ANSWERED_MS = 30 * DAY_MS;

/**
 * Contacts that a partner's campaigns leave alone. Triggers record replies and
 * leads; users record what they heard elsewhere. The scheduler ends the
 * enrolments, see InboxMoves.
 */
@Injectable()
export class Exclusions {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly contacts: Contacts,
  ) {}

  /** @throws DomainError `contact.not-found`. */
  async state(actor: PartnerActor, contactId: ContactId): Promise<CampaignState> {
    return this.database.inTransaction(actor, async () => {
      await this.contacts.get(actor, contactId);
      const [exclusion] = await this.database.query<Exclusion>(
        `SELECT reason, at, by_name AS by, ends_at FROM sequences.exclusion
         WHERE contact_id = $1 AND lifted_at IS NULL AND (ends_at IS NULL OR ends_at > $2) ORDER BY at DESC, id DESC LIMIT 1`,
        [contactId, this.clock.now()],
      );
      const running = await this.database.query<{ id: ActivationId }>(
        `SELECT e.activation_id AS id FROM sequences.enrolment e JOIN activations.activation_view a ON a.id = e.activation_id
         WHERE e.contact_id = $1 AND e.state IN ('waiting', 'running') AND a.status IN ('active', 'held') ORDER BY e.enrolled_at`,
        [contactId],
      );
      return { exclusion: exclusion ?? null, running: running.map(({ id }) => id) };
    });
  }

  /**
   * Takes a contact out of all campaigns of the partner, until it is lifted.
   * Idempotent.
   * @throws DomainError `contact.not-found`.
   */
  async takeOut(actor: PartnerActor, contactId: ContactId): Promise<void> {
    await this.exclude(actor, contactId, 'taken-out', null);
  }

  /**
   * Records that a contact answered outside this product, for example by phone.
   * It has the effects of a reply by e-mail.
   * @param activationId the campaign that it answered; null: the one that wrote
   *   to it last.
   * @throws DomainError `contact.not-found`.
   */
  async recordAnswer(actor: PartnerActor, contactId: ContactId, activationId: ActivationId | null): Promise<void> {
    await this.exclude(actor, contactId, 'answered', activationId);
  }

  /**
   * Lifts all exclusions of a contact. Running campaigns go on where they were;
   * what was skipped meanwhile is not sent.
   * @throws DomainError `contact.not-found`.
   */
  async lift(actor: PartnerActor, contactId: ContactId): Promise<void> {
    requirePermission(actor, 'contacts.edit');
    await this.database.inTransaction(actor, async () => {
      await this.contacts.get(actor, contactId);
      const now = this.clock.now();
      const lifted = await this.database.query<Pick<Exclusion, 'reason' | 'at'>>(
        `WITH lifted AS (
           UPDATE sequences.exclusion SET lifted_at = $2
           WHERE contact_id = $1 AND lifted_at IS NULL AND (ends_at IS NULL OR ends_at > $2) RETURNING reason, at)
         SELECT reason, at FROM lifted ORDER BY at`,
        [contactId, now],
      );
      if (lifted.length === 0) return;
      const answered = lifted.find(({ reason }) => reason === 'answered');
      if (answered !== undefined) await this.deleteReplies(contactId, answered.at);
      await this.audit.record(actor, { action: 'contact.readmitted', subject: { kind: 'contact', id: contactId } });
    });
  }

  private async exclude(
    actor: PartnerActor,
    contactId: ContactId,
    reason: 'answered' | 'taken-out',
    about: ActivationId | null,
  ): Promise<void> {
    requirePermission(actor, 'contacts.edit');
    await this.database.inTransaction(actor, async () => {
      await this.contacts.get(actor, contactId);
      const now = this.clock.now();
      if (await this.holds(contactId, reason, now)) return;
      const activationId = reason === 'answered' ? (about ?? (await this.lastToWrite(contactId))) : null;
      if (activationId !== null) await this.recordReply(actor, contactId, activationId, now);
      await this.database.query(
        `INSERT INTO sequences.exclusion (id, partner_id, contact_id, activation_id, reason, by_name, at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          newId<Id<'exclusion'>>(),
          actor.partnerId,
          contactId,
          activationId,
          reason,
          actor.name,
          now,
          reason === 'answered' ? new Date(now.getTime() + ANSWERED_MS) : null,
        ],
      );
      await this.audit.record(actor, {
        action: reason === 'answered' ? 'contact.answered' : 'contact.taken-out',
        subject: { kind: 'contact', id: contactId },
        details: activationId === null ? {} : { activationId },
      });
    });
  }

  /** Whether the contact is excluded for this reason. */
  private async holds(contactId: ContactId, reason: ExclusionReason, now: Date): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT 1 FROM sequences.exclusion
       WHERE contact_id = $1 AND reason = $2 AND lifted_at IS NULL AND (ends_at IS NULL OR ends_at > $3) LIMIT 1`,
      [contactId, reason, now],
    );
    return rows.length > 0;
  }

  private async lastToWrite(contactId: ContactId): Promise<ActivationId | null> {
    const [last] = await this.database.query<{ id: ActivationId }>(
      `SELECT activation_id AS id FROM sequences.step_execution
       WHERE contact_id = $1 AND outcome = 'sent' ORDER BY decided_at DESC LIMIT 1`,
      [contactId],
    );
    return last?.id ?? null;
  }

  /**
   * A step must not find the answer that was recorded by mistake. Replies before
   * it were answers.
   */
  private async deleteReplies(contactId: ContactId, since: Date): Promise<void> {
    await this.database.query(`DELETE FROM sequences.event WHERE contact_id = $1 AND kind = 'reply' AND at >= $2`, [
      contactId,
      since,
    ]);
  }

  /** Before the exclusion: a step that waits for a reply takes its branch. */
  private async recordReply(actor: PartnerActor, contactId: ContactId, id: ActivationId, now: Date): Promise<void> {
    await this.database.query(
      `INSERT INTO sequences.event (id, partner_id, contact_id, activation_id, kind, name, at)
       VALUES ($1, $2, $3, $4, 'reply', 'said', $5)`,
      [newId<Id<'contact-event'>>(), actor.partnerId, contactId, id, now],
    );
    await this.database.query(
      `INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, at) SELECT id, partner_id, 'reply', $3
       FROM sequences.enrolment WHERE contact_id = $1 AND activation_id = $2 AND listens AND state IN ('waiting', 'running')`,
      [contactId, id, now],
    );
  }
}
