import { Injectable } from '@nestjs/common';
import type { Source } from '#contracts';
import { Database } from '#database';
import { Clock, type Id, type MessageId, newId } from '#kernel';
import { WebhookEvents } from '#webhooks';
import type { TokenSubject } from './message-links.service.js';

/** Writes the ledger of interactions: opt-outs, forms, replies and leads. Clicks are written by `Clicks`. */
@Injectable()
export class Interactions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly webhooks: WebhookEvents,
  ) {}

  /**
   * Records an interaction, in the open system transaction.
   * A second opt-out is ignored.
   * @param form name of its page in its campaign, and what led the person there; both null: no form.
   */
  async record(
    subject: Omit<TokenSubject, 'settledAt' | 'messageId'> & { messageId: MessageId | null },
    kind: 'unsubscribe' | 'form' | 'reply',
    { name, source }: { readonly name: string | null; readonly source: Source | null } = { name: null, source: null },
  ): Promise<void> {
    const written = await this.database.query(
      `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, message_id, contact_id, kind,
         at, link_name, source, step_key, variant)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, m.step_key, m.variant
       FROM (SELECT 1) one LEFT JOIN delivery.message_view m ON m.id = $5 ON CONFLICT DO NOTHING RETURNING id`,
      [
        newId<Id<'interaction'>>(),
        subject.partnerId,
        subject.vendorId,
        subject.activationId,
        subject.messageId,
        subject.contactId,
        kind,
        this.clock.now(),
        name,
        source,
      ],
    );
    if (written.length > 0) await this.emitEvent(subject, kind);
  }

  /**
   * Only the partner sees it: a vendor may not learn the partner's contacts and
   * their opt-outs.
   */
  private async emitEvent(
    { partnerId, contactId, activationId, messageId }: Parameters<Interactions['record']>[0],
    kind: 'unsubscribe' | 'form' | 'reply',
  ): Promise<void> {
    const partner = { kind: 'partner', id: partnerId } as const;
    if (kind === 'form') await this.webhooks.emit(partner, 'form.submitted', { contactId, activationId });
    if (kind === 'unsubscribe' && messageId !== null)
      await this.webhooks.emit(partner, 'contact.unsubscribed', { contactId, activationId, messageId });
  }

  /**
   * Records that a contact became a lead or was won, each once until it is
   * reversed. Uses the open transaction of the partner's scope, in which the
   * lead is locked.
   * It is attributed to the last message that the contact followed, if any.
   */
  async recordLead(
    subject: Pick<TokenSubject, 'partnerId' | 'vendorId' | 'activationId' | 'contactId'>,
    kind: 'lead' | 'won',
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, message_id, contact_id, kind, at)
       SELECT $1, $2, $3, $4, (SELECT message_id FROM engagement.interaction_with_verdict WHERE activation_id = $4
         AND contact_id = $5 AND message_id IS NOT NULL
         AND (kind = 'lead' OR (kind = 'click' AND verdict = 'human')) ORDER BY kind = 'lead' DESC, at DESC LIMIT 1), $5, $6, $7
       WHERE $6 <> 'won' OR NOT EXISTS (SELECT FROM engagement.interaction_with_verdict
         WHERE activation_id = $4 AND contact_id = $5 AND kind = 'won' AND verdict IS DISTINCT FROM 'reversed')
       ON CONFLICT DO NOTHING`,
      [
        newId<Id<'interaction'>>(),
        subject.partnerId,
        subject.vendorId,
        subject.activationId,
        subject.contactId,
        kind,
        this.clock.now(),
      ],
    );
  }

  /**
   * Classifies the interaction that created a lead, in an open transaction of a
   * process. A program's interaction no longer counts in any number.
   * Idempotent.
   */
  async classifyLead(
    { activationId, contactId }: Pick<TokenSubject, 'activationId' | 'contactId'>,
    verdict: 'human' | 'machine',
    why: string,
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO engagement.interaction_verdict (id, interaction_id, partner_id, verdict, why, at)
       SELECT $3, id, partner_id, $4, $5, $6 FROM engagement.interaction_with_verdict
       WHERE activation_id = $1 AND contact_id = $2 AND kind = 'lead' AND coalesce(verdict, 'human') <> $4`,
      [activationId, contactId, newId<Id<'interaction-verdict'>>(), verdict, why, this.clock.now()],
    );
  }

  /**
   * A won lead was reopened: it counts in no release any more. Won again, it counts
   * from then on. Joins the open transaction. Idempotent.
   */
  async reverseWon(
    { activationId, contactId }: Pick<TokenSubject, 'activationId' | 'contactId'>,
    why: string,
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO engagement.interaction_verdict (id, interaction_id, partner_id, verdict, why, at)
       SELECT $3, id, partner_id, 'reversed', $4, $5 FROM engagement.interaction_with_verdict
       WHERE activation_id = $1 AND contact_id = $2 AND kind = 'won' AND verdict IS DISTINCT FROM 'reversed'`,
      [activationId, contactId, newId<Id<'interaction-verdict'>>(), why, this.clock.now()],
    );
  }
}
