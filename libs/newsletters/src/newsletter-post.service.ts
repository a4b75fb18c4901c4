import { Inject, Injectable } from '@nestjs/common';
import { masterOf } from '#campaigns';
import { CONFIG, type Config } from '#config';
import type { CompiledCampaign, Localised } from '#content';
import { type MailReader, senderNameOf, SystemMail, type SystemMailMessage } from '#identity';
import { Clock, DomainError, groupBy, type Id, newId, type PartnerId, type SystemActor, type UserId } from '#kernel';
import { type Notice, type NoticeReader, Notifier, partnerReaders } from '#notifications';
import { Organisations } from '#organisations';
import type { BakedMaster, Personal } from '#rendering';
import type { Newsletter, RecipientId } from './newsletter.js';
import { bakedNewsletter, type NewsletterSender, personalNewsletter, withSettings } from './newsletter-letter.js';
import { NewsletterLinks } from './newsletter-links.service.js';
import { emailOf } from './newsletter-previews.service.js';
import { NewslettersRepository, type WaitingRecipient } from './newsletters.repository.js';

/** What the e-mails of a newsletter are made of. */
interface Known {
  readonly newsletter: Newsletter;
  readonly compiled: CompiledCampaign;
  readonly title: Localised;
  readonly sender: NewsletterSender;
  /** Names of the partners in the batch. */
  readonly partners: ReadonlyMap<string, string>;
}

/** Tells recipients of a newsletter: in the portal, by e-mail or in the weekly summary. Joins the open transaction. */
@Injectable()
export class NewsletterPost {
  constructor(
    private readonly rows: NewslettersRepository,
    private readonly links: NewsletterLinks,
    private readonly notifier: Notifier,
    private readonly organisations: Organisations,
    private readonly mail: SystemMail,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Tells these recipients, each as the person has chosen. */
  async tell(
    actor: SystemActor,
    about: Pick<Known, 'newsletter' | 'compiled' | 'title'>,
    recipients: readonly WaitingRecipient[],
  ): Promise<void> {
    const { vendorId } = about.newsletter;
    const byPartner = groupBy(recipients, ({ partnerId }) => partnerId);
    const names = await this.organisations.byIds(actor, [...byPartner.keys(), vendorId]);
    const vendor = names.get(vendorId)?.name ?? '';
    const known: Known = {
      ...about,
      sender: { name: vendor, address: about.newsletter.senderAddress, contactName: vendor, contactEmail: '' },
      partners: new Map([...names].map(([id, { name }]) => [id, name])),
    };
    const notices = [...byPartner].map(([partnerId, ofOne]) => noticeOf(known, partnerId, ofOne));
    const readers = await this.notifier.readersNow(actor, notices);
    const mails = this.letters(known, readers, recipients);
    await this.mail.postAll(mails.map(({ message, mailId }) => ({ message, about: { mailId, isNewsletter: true } })));
    const mailOf = new Map(mails.map(({ recipientId, mailId }) => [recipientId, mailId]));
    const told = recipients.map(({ id }) => ({ id, mailId: mailOf.get(id) ?? null }));
    await this.rows.setTold(told, this.clock.now());
  }

  private letters(
    known: Known,
    readers: readonly NoticeReader[],
    recipients: readonly WaitingRecipient[],
  ): { readonly recipientId: RecipientId; readonly mailId: Id<'system-mail'>; readonly message: SystemMailMessage }[] {
    const baked = new Map<string, BakedMaster>();
    const recipientOf = new Map(recipients.map(({ id, partnerId, userId }) => [`${partnerId} ${userId}`, id]));
    return readers.flatMap(({ notice, userId, reader }) => {
      const recipientId = recipientOf.get(`${notice.organisationId} ${userId ?? ''}`);
      if (recipientId === undefined) return [];
      const message = this.letter(known, baked, notice.organisationId as PartnerId, { reader, recipientId });
      return message === null ? [] : [{ recipientId, mailId: newId<Id<'system-mail'>>(), message }];
    });
  }

  /** @returns null: the person has no value for something that the e-mail says without a fallback. */
  private letter(
    { compiled, sender, partners }: Known,
    bakedByLanguage: Map<string, BakedMaster>,
    partnerId: PartnerId,
    { reader, recipientId }: { readonly reader: MailReader; readonly recipientId: RecipientId },
  ): SystemMailMessage | null {
    const { PUBLIC_URL } = this.config;
    const master = masterOf(compiled, { kind: 'email', key: emailOf(compiled), locale: reader.locale });
    const baked = bakedByLanguage.get(master.locale) ?? bakedNewsletter(compiled, master, sender, PUBLIC_URL);
    bakedByLanguage.set(master.locale, baked);
    if (reader.settings === undefined) throw new Error('An e-mail that cannot be stopped.');
    const settings = this.links.settingsOf(recipientId, reader.settings);
    const person = { name: reader.name ?? '', email: reader.email, company: partners.get(partnerId) ?? '' };
    const letter = personalOrNone(
      baked,
      { ...person, countryCode: reader.countryCode ?? null },
      this.links.of(compiled, recipientId, settings),
      PUBLIC_URL,
    );
    if (letter === null) return null;
    const { subject, html, text } = withSettings(letter, settings);
    return {
      to: reader.email,
      subject: subject.replace(/[\r\n]+/g, ' '),
      html,
      text,
      senderName: senderNameOf(sender.name, reader.locale),
      unsubscribeUrl: settings.url,
      teamOf: partnerId,
    };
  }
}

/** Null: the newsletter cannot be sent to this person, though it can to others. */
function personalOrNone(...letter: Parameters<typeof personalNewsletter>): Personal | null {
  try {
    return personalNewsletter(...letter);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'newsletter.unsendable') return null;
    throw error;
  }
}

function noticeOf(
  { newsletter, title, sender }: Known,
  partnerId: PartnerId,
  recipients: readonly WaitingRecipient[],
): Notice {
  const people = new Set<UserId>(recipients.map(({ userId }) => userId));
  return {
    organisationId: partnerId,
    kind: 'newsletters',
    event: 'newsletter',
    key: newsletter.id,
    by: sender.name,
    titles: title,
    path: `/news/${newsletter.id}`,
    audience: partnerReaders(({ id }) => people.has(id)),
  };
}
