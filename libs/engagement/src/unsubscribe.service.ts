import { Injectable } from '@nestjs/common';
import { Contacts, Preferences, Suppressions } from '#contacts';
import { Database } from '#database';
import { type SystemActor, systemActor } from '#kernel';
import { Engagement, type TokenSubject } from './engagement.service.js';

const MONTH_DAYS = 30;

/**
 * A recipient's choice.
 * `unsubscribe`: no e-mail from the partner.
 * `vendor`: none about the vendor from any partner.
 * `monthly`: at most one a month.
 * Topic: none on it.
 * `all`: all e-mail again.
 */
export type EmailPreference = 'unsubscribe' | 'vendor' | 'monthly' | 'all' | { readonly topic: string };

/** The recipient that an unsubscribe link belongs to. */
export interface Recipient {
  readonly subject: TokenSubject;
  /** In the scope of the recipient's partner. */
  readonly actor: SystemActor;
}

/** Unsubscribes recipients and keeps their e-mail preferences. */
@Injectable()
export class Unsubscribe {
  constructor(
    private readonly database: Database,
    private readonly contacts: Contacts,
    private readonly suppressions: Suppressions,
    private readonly preferences: Preferences,
    private readonly engagement: Engagement,
  ) {}

  /**
   * @throws DomainError `link.not-found` for a token that is not an unsubscribe
   *   link.
   */
  async recipient(token: string): Promise<Recipient> {
    const subject = await this.engagement.openLinkFor(token, 'unsubscribe');
    return { subject, actor: systemActor('preferences', { partnerId: subject.partnerId }) };
  }

  /**
   * Saves a recipient's choice.
   * Idempotent.
   * Does nothing if the contact was deleted.
   */
  async apply(choice: EmailPreference, recipient: Recipient): Promise<void> {
    const { actor, subject } = recipient;
    await this.database.inTransaction(actor, async () => {
      const known = await this.contacts.byIds(actor, [subject.contactId]);
      if (known.length > 0) await this.save(choice, recipient);
    });
  }

  private async save(choice: EmailPreference, { actor, subject }: Recipient): Promise<void> {
    const { contactId, vendorId } = subject;
    const unsubscribed = { contactId, reason: 'unsubscribed', source: 'person' } as const;
    if (typeof choice === 'object') return this.preferences.refuseTopic(actor, contactId, choice.topic);
    switch (choice) {
      case 'unsubscribe':
        await this.suppressions.add(actor, { ...unsubscribed, scope: 'partner' });
        return this.engagement.record(subject, 'unsubscribe');
      case 'vendor':
        // No interaction is recorded: the partner could infer from it a choice
        // about other partners.
        await this.suppressions.add(actor, { ...unsubscribed, scope: 'vendor', vendorId });
        return;
      case 'monthly':
        return this.preferences.setInterval(actor, contactId, MONTH_DAYS);
      case 'all':
        return this.preferences.setInterval(actor, contactId, null);
    }
  }
}
