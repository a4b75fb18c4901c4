import { Inject, Injectable } from '@nestjs/common';
import { type CampaignVersion, masterOf, NewsletterDrafts } from '#campaigns';
import { CONFIG, type Config } from '#config';
import type { CompiledCampaign } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { notFound, type VendorActor } from '#kernel';
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

/** Previews of newsletters, with what their authors changed last. */
@Injectable()
export class NewsletterPreviews {
  constructor(
    private readonly database: Database,
    private readonly rows: NewslettersRepository,
    private readonly drafts: NewsletterDrafts,
    private readonly links: NewsletterLinks,
    private readonly organisations: Organisations,
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

  /** The e-mail for a reader. @throws DomainError as `show`. */
  async rendered(
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
}

/** The one e-mail of a newsletter: the first. @throws DomainError `email.not-found`. */
export function emailOf({ emails }: CompiledCampaign): string {
  const [first] = emails;
  if (first === undefined) throw notFound('email', 'news');
  return first.key;
}
