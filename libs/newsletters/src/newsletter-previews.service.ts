import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { type CampaignVersion, masterOf, NewsletterDrafts } from '#campaigns';
import { CONFIG, type Config } from '#config';
import type { CompiledCampaign } from '#content';
import { Database } from '#database';
import { Accounts, MAILS_A_DAY, requirePermission, senderNameOf, SystemMail, type TeamMember } from '#identity';
import { DomainError, notFound, type VendorActor } from '#kernel';
import { Organisations } from '#organisations';
import type { Personal } from '#rendering';
import type { Newsletter, NewsletterId } from './newsletter.js';
import { bakedNewsletter, languagesOf, type NewsletterReader, personalNewsletter } from './newsletter-letter.js';
import { NewsletterLinks } from './newsletter-links.service.js';
import { NewslettersRepository } from './newsletters.repository.js';

/** A newsletter as one person would get it. */
export interface NewsletterPreview extends Personal {
  readonly locale: string;
  readonly locales: readonly string[];
}

/** A person of a partner, clearly fictional. */
const SAMPLE_READER: NewsletterReader = {
  name: 'Robin Reader',
  email: 'robin.reader@partner.example',
  company: 'Sample Partner',
  countryCode: null,
};

/** Previews and test e-mails of newsletters, with what their authors changed last. */
@Injectable()
export class NewsletterPreviews {
  // More parameters than elsewhere: a test e-mail needs content, sender, reader and post.
  constructor(
    private readonly database: Database,
    private readonly rows: NewslettersRepository,
    private readonly drafts: NewsletterDrafts,
    private readonly links: NewsletterLinks,
    private readonly accounts: Accounts,
    private readonly organisations: Organisations,
    private readonly mail: SystemMail,
    private readonly audit: AuditLog,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * @param locale null: the first language of the newsletter.
   * @throws DomainError `newsletter.not-found`, `newsletter.unsendable`, `draft.unfinished`.
   */
  async show(actor: VendorActor, id: NewsletterId, locale: string | null): Promise<NewsletterPreview> {
    requirePermission(actor, 'campaigns.edit');
    const newsletter = await this.database.inTransaction(actor, () => this.rows.get(id));
    return this.rendered(actor, newsletter, locale, SAMPLE_READER);
  }

  /**
   * Sends it to the person who asks, marked as a test.
   * @returns the address.
   * @throws DomainError as `show`; `test-mail.person-only`, `test-mail.too-many`.
   */
  async test(actor: VendorActor, id: NewsletterId, locale: string | null): Promise<string> {
    requirePermission(actor, 'campaigns.edit');
    const newsletter = await this.database.inTransaction(actor, () => this.rows.get(id));
    const reader = await this.readerOf(actor);
    const { name: vendor } = await this.organisations.get(actor, actor.vendorId);
    const letter = await this.rendered(actor, newsletter, locale ?? reader.locale, { ...reader, company: vendor });
    await this.database.inTransaction(actor, async () => {
      const message = {
        to: reader.email,
        senderName: senderNameOf(vendor, reader.locale),
        subject: `[Test] ${letter.subject}`,
        html: letter.html,
        text: letter.text,
      };
      if (!(await this.mail.postWithinLimit('test-mail', message))) throw tooMany(reader.email);
      await this.audit.record(actor, {
        action: 'newsletter.test-mail-sent',
        subject: { kind: 'newsletter', id },
        details: { locale: letter.locale },
      });
    });
    return reader.email;
  }

  /**
   * Renders it in each of its languages, as it would be sent.
   * @returns the version that was rendered.
   * @throws DomainError `newsletter.unsendable`, `draft.unfinished`.
   */
  async requireSendable(actor: VendorActor, newsletter: Newsletter): Promise<CampaignVersion> {
    const { version, compiled } = await this.drafts.withChanges(actor, newsletter.campaignId);
    const { name } = await this.organisations.get(actor, actor.vendorId);
    for (const locale of languagesOf(compiled))
      this.letterIn(compiled, { ...newsletter, senderName: name }, locale, SAMPLE_READER);
    return version;
  }

  private async rendered(
    actor: VendorActor,
    newsletter: Newsletter,
    locale: string | null,
    reader: NewsletterReader,
  ): Promise<NewsletterPreview> {
    const { compiled } = await this.drafts.withChanges(actor, newsletter.campaignId);
    const { name } = await this.organisations.get(actor, actor.vendorId);
    return this.letterIn(compiled, { ...newsletter, senderName: name }, locale, reader);
  }

  private letterIn(
    compiled: CompiledCampaign,
    { senderName, senderAddress }: { readonly senderName: string; readonly senderAddress: string },
    locale: string | null,
    reader: NewsletterReader,
  ): NewsletterPreview {
    const { PUBLIC_URL } = this.config;
    const master = masterOf(compiled, { kind: 'email', key: emailOf(compiled), locale });
    const sender = { name: senderName, address: senderAddress, contactName: senderName, contactEmail: '' };
    const baked = bakedNewsletter(compiled, master, sender, PUBLIC_URL);
    const letter = personalNewsletter(baked, reader, this.links.ofSample(compiled), PUBLIC_URL);
    return { ...letter, locale: master.locale, locales: languagesOf(compiled) };
  }

  private async readerOf(actor: VendorActor): Promise<TeamMember> {
    const team = await this.accounts.team(actor, actor.vendorId);
    const self = team.find(({ id }) => id === actor.userId);
    if (self !== undefined && actor.apiKeyId === null) return self;
    throw new DomainError(
      'test-mail.person-only',
      'A test e-mail goes to the signed-in person, and an API key has no mailbox. Send the addresses of colleagues as "to".',
      { field: 'to' },
      { kind: 'forbidden' },
    );
  }
}

/** The one e-mail of a newsletter: the first. @throws DomainError `email.not-found`. */
export function emailOf({ emails }: CompiledCampaign): string {
  const [first] = emails;
  if (first === undefined) throw notFound('email', 'news');
  return first.key;
}

function tooMany(email: string): DomainError {
  const most = MAILS_A_DAY['test-mail'];
  return new DomainError(
    'test-mail.too-many',
    `${email} has got ${most} test e-mails within 24 hours. Send to another colleague, or try again tomorrow.`,
    { field: 'to', email, most },
    { kind: 'too-many' },
  );
}
