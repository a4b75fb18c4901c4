import { Inject, Injectable } from '@nestjs/common';
import { Activations, SealedCopies } from '#activations';
import { CONFIG, type Config } from '#config';
import { Contacts } from '#contacts';
import { Database } from '#database';
import { Engagement, type TokenSubject } from '#engagement';
import { type Locale, notFound, systemActor } from '#kernel';
import { personalise } from '#rendering';

/** Shows a message once more to whom it was sent: the same baked bytes, the same values. */
@Injectable()
export class ViewInBrowser {
  constructor(
    private readonly activations: Activations,
    private readonly copies: SealedCopies,
    private readonly contacts: Contacts,
    private readonly engagement: Engagement,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** @throws DomainError `link.not-found` once the contact is gone, or the campaign is recalled. */
  async html({ messageId, partnerId, activationId, contactId }: TokenSubject): Promise<string> {
    const actor = systemActor('view-in-browser', { partnerId });
    const [contact] = await this.contacts.byIds(actor, [contactId]);
    const [message] = await this.database.inTransaction(actor, () =>
      this.database.query<{ emailKey: string; locale: Locale }>(
        'SELECT m.email_key, e.locale FROM delivery.message m JOIN sequences.enrolment e ON e.id = m.enrolment_id WHERE m.id = $1',
        [messageId],
      ),
    );
    if (contact === undefined || message === undefined) throw notFound('link', 'token');
    const activation = await this.activations.get(actor, activationId);
    if (await this.activations.isRecalled(actor, activation)) throw notFound('link', 'token');
    const email = await this.copies.email(actor, activationId, message.emailKey, message.locale);
    if (email === null) throw notFound('link', 'token');
    const { baked } = email.prepared;
    const links = this.engagement.linksOf(messageId, await this.engagement.linkNames(actor, activationId));
    const result = personalise(
      baked,
      { ...contact, links },
      { publicOrigin: new URL(this.config.PUBLIC_URL).origin, partnerHosts: [] },
    );
    if (!result.ok) throw notFound('link', 'token');
    return result.message.html;
  }
}
