import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { masterOf, NewsletterDrafts } from '#campaigns';
import { CONFIG, type Config } from '#config';
import type { CompiledCampaign, Localised } from '#content';
import { Database } from '#database';
import { type MailReader, senderNameOf, SystemMail, type SystemMailMessage } from '#identity';
import { Clock, groupBy, type Id, newId, type PartnerId, systemActor, type UserId, vendorProcess } from '#kernel';
import { type Notice, type NoticeReader, Notifier, partnerReaders } from '#notifications';
import { Organisations } from '#organisations';
import type { BakedMaster } from '#rendering';
import { type Newsletter, type RecipientId, requireMove } from './newsletter.js';
import { NewsletterAudiences } from './newsletter-audiences.service.js';
import { bakedNewsletter, type NewsletterSender, personalNewsletter, withSettings } from './newsletter-letter.js';
import { NewsletterLinks } from './newsletter-links.service.js';
import { emailOf } from './newsletter-previews.service.js';
import { NewslettersRepository, type WaitingRecipient } from './newsletters.repository.js';

const SENDER = systemActor('newsletters');
/** People in one transaction: under a second. */
const BATCH = 250;

/** What the e-mails of a newsletter are made of. */
interface Known {
  readonly newsletter: Newsletter;
  readonly compiled: CompiledCampaign;
  readonly title: Localised;
  readonly sender: NewsletterSender;
  /** Names of the partners in the batch. */
  readonly partners: ReadonlyMap<string, string>;
}

/**
 * Sends newsletters that are due. The rows of the recipients say who has been told, in the transaction that
 * posts the e-mail: each person is told once, whatever happens to the process.
 */
@Injectable()
export class NewsletterSending {
  // More parameters than elsewhere: it joins content, people, notifications and post.
  constructor(
    private readonly database: Database,
    private readonly rows: NewslettersRepository,
    private readonly drafts: NewsletterDrafts,
    private readonly audiences: NewsletterAudiences,
    private readonly links: NewsletterLinks,
    private readonly notifier: Notifier,
    private readonly organisations: Organisations,
    private readonly mail: SystemMail,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** @returns whether there may be more to do at once. */
  async sendDue(): Promise<boolean> {
    const isStarted = await this.startNext();
    return (await this.tellNext()) || isStarted;
  }

  /** Whether the mail server has accepted an e-mail already. */
  async isAccepted(mailId: string): Promise<boolean> {
    return this.database.inTransaction(SENDER, () => this.rows.isAccepted(mailId));
  }

  /** What the mail server said of an e-mail. */
  async recordMailOutcome(mailId: string, outcome: 'accepted' | 'refused'): Promise<void> {
    await this.database.inTransaction(SENDER, () => this.rows.setMailOutcome(mailId, outcome, this.clock.now()));
  }

  /** Decides who gets the next newsletter that is due. */
  private async startNext(): Promise<boolean> {
    const due = await this.database.inTransaction(SENDER, () => this.rows.nextDue('scheduled', this.clock.now()));
    if (due === null) return false;
    const people = await this.audiences.people(vendorProcess(SENDER.name, due.vendorId), due);
    return this.database.inTransaction(SENDER, async () => {
      const newsletter = await this.rows.get(due.id, 'to-change');
      // Cancelled, or started by another process meanwhile.
      if (newsletter.state !== 'scheduled') return true;
      requireMove(newsletter, 'sending');
      await this.rows.addRecipients(newsletter.id, people);
      await this.rows.save({ ...newsletter, state: 'sending' });
      return true;
    });
  }

  /** Tells the next people of a newsletter, or ends it. */
  private async tellNext(): Promise<boolean> {
    const due = await this.database.inTransaction(SENDER, () => this.rows.nextDue('sending', this.clock.now()));
    if (due === null) return false;
    const { version, compiled } = await this.drafts.content(SENDER, due.campaignId);
    return this.database.inTransaction(SENDER, async () => {
      const newsletter = await this.rows.get(due.id, 'to-change');
      if (newsletter.state !== 'sending') return true;
      const recipients = await this.rows.waiting(newsletter.id, BATCH);
      if (recipients.length === 0) return this.end(newsletter);
      await this.tell({ newsletter, compiled, title: version.title }, recipients);
      return true;
    });
  }

  private async end(newsletter: Newsletter): Promise<boolean> {
    requireMove(newsletter, 'sent');
    await this.rows.save({ ...newsletter, state: 'sent', sentAt: this.clock.now() });
    const counts = (await this.rows.counts([newsletter.id])).get(newsletter.id);
    await this.audit.record(
      { ...SENDER, vendorId: newsletter.vendorId },
      {
        action: 'newsletter.sent',
        subject: { kind: 'newsletter', id: newsletter.id },
        details: { people: counts?.people ?? 0 },
      },
    );
    return true;
  }

  private async tell(
    about: Pick<Known, 'newsletter' | 'compiled' | 'title'>,
    recipients: readonly WaitingRecipient[],
  ): Promise<void> {
    const { vendorId } = about.newsletter;
    const byPartner = groupBy(recipients, ({ partnerId }) => partnerId);
    const names = await this.organisations.byIds(SENDER, [...byPartner.keys(), vendorId]);
    const vendor = names.get(vendorId)?.name ?? '';
    const known: Known = {
      ...about,
      sender: { name: vendor, address: about.newsletter.senderAddress, contactName: vendor, contactEmail: '' },
      partners: new Map([...names].map(([id, { name }]) => [id, name])),
    };
    const notices = [...byPartner].map(([partnerId, ofOne]) => noticeOf(known, partnerId, ofOne));
    const readers = await this.notifier.readersNow(SENDER, notices);
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
      return [{ recipientId, mailId: newId<Id<'system-mail'>>(), message }];
    });
  }

  private letter(
    { compiled, sender, partners }: Known,
    bakedByLanguage: Map<string, BakedMaster>,
    partnerId: PartnerId,
    { reader, recipientId }: { readonly reader: MailReader; readonly recipientId: RecipientId },
  ): SystemMailMessage {
    const { PUBLIC_URL } = this.config;
    const master = masterOf(compiled, { kind: 'email', key: emailOf(compiled), locale: reader.locale });
    const baked = bakedByLanguage.get(master.locale) ?? bakedNewsletter(compiled, master, sender, PUBLIC_URL);
    bakedByLanguage.set(master.locale, baked);
    if (reader.settings === undefined) throw new Error('An e-mail that cannot be stopped.');
    const settings = this.links.settingsOf(recipientId, reader.settings);
    const person = { name: reader.name ?? '', email: reader.email, company: partners.get(partnerId) ?? '' };
    const letter = personalNewsletter(
      baked,
      { ...person, countryCode: reader.countryCode ?? null },
      this.links.of(compiled, recipientId, settings),
      PUBLIC_URL,
    );
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
