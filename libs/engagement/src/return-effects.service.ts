import { Injectable } from '@nestjs/common';
import { Contacts, Suppressions } from '#contacts';
import { MessageEvents, type MessageSubject } from '#delivery';
import type { SystemActor } from '#kernel';
import type { InboundReport } from '#mailer';
import { WebhookEvents } from '#webhooks';
import { Interactions } from './interactions.service.js';
import { isSuppressedBySoftBounces, SOFT_BOUNCES } from './soft-bounces.js';

/** Whose mail an address is left alone by. */
export type SuppressionReach = 'installation' | 'partner' | 'vendor';

/** The effects of returned mail, in the transaction that records it. */
@Injectable()
export class ReturnEffects {
  constructor(
    private readonly contacts: Contacts,
    private readonly suppressions: Suppressions,
    private readonly events: MessageEvents,
    private readonly interactions: Interactions,
    private readonly webhooks: WebhookEvents,
  ) {}

  /**
   * @param reach for how many senders the report is believed. `installation`:
   *   mail to the message's own return path, or the operator's provider.
   *   `vendor`: a vendor's own provider or mail server. `partner`: any other
   *   mail.
   */
  async apply(
    actor: SystemActor,
    subject: MessageSubject,
    kind: string,
    report: Pick<InboundReport, 'recipient' | 'outcome' | 'status' | 'isProven'>,
    reach: SuppressionReach,
  ): Promise<void> {
    await this.emitEvent(subject, kind, report);
    if (kind === 'hard') await this.suppressDeadAddress(actor, subject, report, reach);
    else if (kind === 'soft') await this.suppressAfterSoftBounces(actor, subject, reach);
    else if (kind === 'complaint') await this.suppress(actor, subject, 'complained', reach);
    else if (kind === 'unsubscribe') {
      await this.suppress(actor, subject, 'unsubscribed', reach);
      await this.interactions.record(subject, 'unsubscribe');
    } else if (kind === 'reply') {
      // Its triggers stop the partner's campaigns for the contact:
      // libs/database/functions/sequences.exclude_replier.sql.
      await this.interactions.record(subject, 'reply');
    }
  }

  private async emitEvent(
    { partnerId, messageId, activationId, contactId }: MessageSubject,
    kind: string,
    { outcome, status }: Pick<InboundReport, 'outcome' | 'status'>,
  ): Promise<void> {
    const facts = { messageId, activationId, contactId, status };
    const partner = { kind: 'partner', id: partnerId } as const;
    if (outcome === 'bounced')
      await this.webhooks.emit(partner, 'message.bounced', {
        ...facts,
        kind: kind === 'hard' || kind === 'soft' || kind === 'block' ? kind : 'unknown',
      });
    if (outcome === 'complained')
      await this.webhooks.emit(partner, 'message.complained', { ...facts, kind: 'complaint' });
  }

  /**
   * A dead address harms every sender, so no partner writes to it. Only this
   * partner stops if the report names another address, as the mail was forwarded
   * or the report is forged, and if nothing but a code of a server on the way
   * calls the address dead.
   */
  private async suppressDeadAddress(
    actor: SystemActor,
    subject: MessageSubject,
    { recipient, isProven }: Pick<InboundReport, 'recipient' | 'isProven'>,
    reach: SuppressionReach,
  ): Promise<void> {
    const [contact] = await this.contacts.byIds(actor, [subject.contactId]);
    if (contact === undefined) return;
    await this.suppress(actor, subject, 'bounced', reach);
    if (reach === 'installation' && isProven && recipient === contact.email.toLowerCase())
      await this.suppressions.add(actor, {
        contactId: contact.id,
        scope: 'platform',
        reason: 'bounced',
        source: 'provider',
      });
  }

  private async suppressAfterSoftBounces(
    actor: SystemActor,
    subject: MessageSubject,
    reach: SuppressionReach,
  ): Promise<void> {
    if (isSuppressedBySoftBounces(await this.events.newestTo(subject.contactId, SOFT_BOUNCES.inARow)))
      await this.suppress(actor, subject, 'bounced', reach);
  }

  private async suppress(
    actor: SystemActor,
    { contactId, vendorId }: MessageSubject,
    reason: 'bounced' | 'complained' | 'unsubscribed',
    reach: SuppressionReach,
  ): Promise<void> {
    // Who is gone already left nothing that could be written to.
    const [contact] = await this.contacts.byIds(actor, [contactId]);
    if (contact === undefined) return;
    const source = reason === 'bounced' ? 'provider' : 'person';
    const scope = reach === 'vendor' ? ({ scope: 'vendor', vendorId } as const) : ({ scope: 'partner' } as const);
    await this.suppressions.add(actor, { ...scope, contactId, reason, source });
  }
}
