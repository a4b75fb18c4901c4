import { Injectable } from '@nestjs/common';
import { Contacts, Suppressions } from '#contacts';
import { MessageEvents, type MessageSubject } from '#delivery';
import { Jobs } from '#jobs';
import type { SystemActor } from '#kernel';
import type { InboundReport } from '#mailer';
import { PERSON_ANSWERED } from './engagement.jobs.js';
import { WebhookEvents } from '#webhooks';
import { Engagement } from './engagement.service.js';
import { isGivenUp, SOFT_BOUNCES } from './soft-bounces.js';

/** What follows from what came back, in the transaction that writes it down. */
@Injectable()
export class Consequences {
  constructor(
    private readonly contacts: Contacts,
    private readonly suppressions: Suppressions,
    private readonly events: MessageEvents,
    private readonly engagement: Engagement,
    private readonly jobs: Jobs,
    private readonly webhooks: WebhookEvents,
  ) {}

  /** @param isSealed whether it came to the message's own return path, which only servers on its way know. */
  async of(
    actor: SystemActor,
    subject: MessageSubject,
    kind: string,
    report: Pick<InboundReport, 'recipient' | 'outcome' | 'status'>,
    isSealed: boolean,
  ): Promise<void> {
    await this.tell(subject, kind, report);
    if (kind === 'hard') await this.dead(actor, subject, report, isSealed);
    else if (kind === 'soft') await this.perhapsDead(actor, subject);
    else if (kind === 'complaint') await this.suppress(actor, subject, 'complained', 'person');
    else if (kind === 'unsubscribe') {
      await this.suppress(actor, subject, 'unsubscribed', 'person');
      await this.engagement.record(subject, 'unsubscribe');
    } else if (kind === 'reply') {
      const { partnerId, activationId, contactId } = subject;
      await this.engagement.record(subject, 'reply');
      await this.jobs.enqueue(PERSON_ANSWERED, { partnerId, activationId, contactId });
    }
  }

  private async tell(
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
   * A dead address harms whoever writes to it again, so no partner does. Where the report names another address, ours was forwarded
   * there, or somebody made it up: then only this partner stops.
   */
  private async dead(
    actor: SystemActor,
    subject: MessageSubject,
    { recipient }: Pick<InboundReport, 'recipient'>,
    isSealed: boolean,
  ): Promise<void> {
    const [contact] = await this.contacts.byIds(actor, [subject.contactId]);
    if (contact === undefined) return;
    await this.suppress(actor, subject, 'bounced', 'provider');
    if (isSealed && recipient === contact.email.toLowerCase())
      await this.suppressions.add(actor, {
        contactId: contact.id,
        scope: 'platform',
        reason: 'bounced',
        source: 'provider',
      });
  }

  private async perhapsDead(actor: SystemActor, subject: MessageSubject): Promise<void> {
    if (isGivenUp(await this.events.newestTo(subject.contactId, SOFT_BOUNCES.inARow)))
      await this.suppress(actor, subject, 'bounced', 'provider');
  }

  private async suppress(
    actor: SystemActor,
    { contactId }: MessageSubject,
    reason: 'bounced' | 'complained' | 'unsubscribed',
    source: 'person' | 'provider',
  ): Promise<void> {
    // Who is gone already left nothing that could be written to.
    const [contact] = await this.contacts.byIds(actor, [contactId]);
    if (contact !== undefined) await this.suppressions.add(actor, { contactId, scope: 'partner', reason, source });
  }
}
