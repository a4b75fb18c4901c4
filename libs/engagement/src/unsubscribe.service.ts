import { Injectable } from '@nestjs/common';
import { Contacts, DeletedContacts, OwnOptOuts, Preferences, Suppressions } from '#contacts';
import { Database } from '#database';
import { type SystemActor, systemActor } from '#kernel';
import { Interactions } from './interactions.service.js';
import { MessageLinks, type TokenSubject } from './message-links.service.js';

const MONTH_DAYS = 30;

/**
 * How much mail a recipient wants.
 * `unsubscribe`: none from the partner.
 * `vendor`: none about the vendor from any partner.
 * `monthly`: at most one a month.
 * `all`: as it comes.
 */
export const EMAIL_CHOICES = ['all', 'monthly', 'vendor', 'unsubscribe'] as const;
export type EmailChoice = (typeof EMAIL_CHOICES)[number];

/** What a recipient chooses on the page. */
export interface EmailPreference {
  readonly choice: EmailChoice;
  /** Absent: as before. */
  readonly refusedTopics?: readonly string[];
}

/** What holds for a recipient now. */
export interface PresentPreference {
  readonly choice: EmailChoice;
  readonly refusedTopics: readonly string[];
  /**
   * Mail has stopped for another reason than the recipient's choice: a complaint,
   * a dead address, the partner's staff. The page cannot change that.
   */
  readonly isStoppedByOthers: boolean;
}

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
    private readonly optOuts: OwnOptOuts,
    private readonly messageLinks: MessageLinks,
    private readonly interactions: Interactions,
    private readonly deleted: DeletedContacts,
  ) {}

  /**
   * @throws DomainError `link.not-found` for a token that is not an unsubscribe
   *   link.
   */
  async recipient(token: string): Promise<Recipient> {
    const subject = await this.messageLinks.openLinkFor(token, 'unsubscribe');
    return { subject, actor: systemActor('preferences', { partnerId: subject.partnerId }) };
  }

  /** What holds for a recipient now, for the recipient's own page. */
  async present({ actor, subject }: Recipient): Promise<PresentPreference> {
    const { contactId, vendorId } = subject;
    const { partner, isVendorRefused } = await this.optOuts.state(actor, contactId, vendorId);
    const { atMostEveryDays, refusedTopics } = await this.preferences.ofContact(actor, contactId);
    const often = atMostEveryDays === null ? 'all' : 'monthly';
    const choice = partner === 'none' ? (isVendorRefused ? 'vendor' : often) : 'unsubscribe';
    return { choice, refusedTopics, isStoppedByOthers: partner === 'other' };
  }

  /**
   * Saves a recipient's choice. A choice of mail takes back the recipient's own
   * opt-outs, and no others.
   * Idempotent.
   * Does nothing if the contact was deleted. If it was deleted with its partner,
   * an opt-out is stored.
   */
  async apply(preference: EmailPreference, recipient: Recipient): Promise<void> {
    const { actor, subject } = recipient;
    await this.database.inTransaction(actor, async () => {
      if (await this.isKnown(recipient)) return this.save(preference, recipient);
      const { choice } = preference;
      if (choice === 'unsubscribe' || choice === 'vendor')
        await this.deleted.optOut(actor, { ...subject, scope: choice === 'vendor' ? 'vendor' : 'partner' });
    });
  }

  /** The recipient did not mean to unsubscribe: mail comes as before. */
  async undo(recipient: Recipient): Promise<void> {
    const { actor, subject } = recipient;
    await this.optOuts.takeBack(actor, subject.contactId, subject.vendorId);
  }

  private async isKnown({ actor, subject }: Recipient): Promise<boolean> {
    return (await this.contacts.byIds(actor, [subject.contactId])).length > 0;
  }

  private async save({ choice, refusedTopics }: EmailPreference, recipient: Recipient): Promise<void> {
    const { actor, subject } = recipient;
    const { contactId, vendorId } = subject;
    const unsubscribed = { contactId, reason: 'unsubscribed', source: 'person' } as const;
    switch (choice) {
      case 'unsubscribe':
        await this.suppressions.add(actor, { ...unsubscribed, scope: 'partner' });
        return this.interactions.record(subject, 'unsubscribe');
      case 'vendor':
        // No interaction is recorded: the partner could infer from it a choice
        // about other partners.
        await this.suppressions.add(actor, { ...unsubscribed, scope: 'vendor', vendorId });
        return;
      case 'monthly':
      case 'all': {
        await this.optOuts.takeBack(actor, contactId, vendorId);
        const before = await this.preferences.ofContact(actor, contactId);
        const atMostEveryDays = choice === 'all' ? null : (before.atMostEveryDays ?? MONTH_DAYS);
        return this.preferences.replace(actor, contactId, {
          atMostEveryDays,
          refusedTopics: refusedTopics ?? before.refusedTopics,
        });
      }
    }
  }
}
