import { Inject, Injectable } from '@nestjs/common';
import { Activations, SealedCopies } from '#activations';
import { CONFIG, type Config } from '#config';
import { Contacts } from '#contacts';
import { Engagement, type TokenSubject } from '#engagement';
import { notFound, systemActor } from '#kernel';
import { personalise } from '#rendering';
import { SentEmails } from './sent-emails.service.js';

/**
 * Renders a sent message again for its recipient, from the same sealed copy and
 * values.
 */
@Injectable()
export class ViewInBrowser {
  constructor(
    private readonly activations: Activations,
    private readonly copies: SealedCopies,
    private readonly contacts: Contacts,
    private readonly engagement: Engagement,
    private readonly emails: SentEmails,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * @returns the HTML of the message.
   * @throws DomainError `link.not-found` when the contact was deleted or the
   *   campaign recalled.
   */
  async html({ messageId, partnerId, activationId, contactId }: TokenSubject): Promise<string> {
    const actor = systemActor('view-in-browser', { partnerId });
    const [contact] = await this.contacts.byIds(actor, [contactId]);
    const message = await this.emails.find(actor, messageId);
    if (contact === undefined || message === null) throw notFound('link', 'token');
    const activation = await this.activations.get(actor, activationId);
    if (await this.activations.isRecalled(actor, activation)) throw notFound('link', 'token');
    const email = await this.copies.email(actor, activationId, message.emailKey, message.locale);
    if (email === null) throw notFound('link', 'token');
    const links = this.engagement.linksOf(messageId, await this.engagement.linkNames(actor, activationId));
    const result = personalise(
      email.prepared.baked,
      { ...contact, links },
      { publicOrigin: new URL(this.config.PUBLIC_URL).origin, partnerHosts: [] },
    );
    if (!result.ok) throw notFound('link', 'token');
    return result.message.html;
  }
}
