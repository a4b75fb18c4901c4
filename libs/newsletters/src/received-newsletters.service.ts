import { Inject, Injectable } from '@nestjs/common';
import { masterOf, NewsletterDrafts } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Accounts } from '#identity';
import { Clock, DomainError, notFound, type PartnerActor, systemActor } from '#kernel';
import { Organisations } from '#organisations';
import type { Newsletter, NewsletterId, RecipientId } from './newsletter.js';
import { bakedNewsletter, personalNewsletter } from './newsletter-letter.js';
import { NewsletterLinks } from './newsletter-links.service.js';
import { emailOf } from './newsletter-previews.service.js';
import { NewslettersRepository } from './newsletters.repository.js';

/** A newsletter as the person who got it reads it in the portal. */
export interface ReceivedNewsletter {
  readonly from: string;
  readonly at: Date;
  readonly subject: string;
  readonly html: string;
}

const READING = systemActor('newsletter-reading');

/** Newsletters that a person of a partner was sent. */
@Injectable()
export class ReceivedNewsletters {
  constructor(
    private readonly database: Database,
    private readonly rows: NewslettersRepository,
    private readonly drafts: NewsletterDrafts,
    private readonly links: NewsletterLinks,
    private readonly accounts: Accounts,
    private readonly organisations: Organisations,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * @throws DomainError `newsletter.not-found` for a person to whom it was not sent;
   *   `newsletter.person-only` for an API key.
   */
  async get(actor: PartnerActor, id: NewsletterId): Promise<ReceivedNewsletter> {
    const recipientId = await this.recipientOf(actor, id);
    const newsletter = await this.database.inTransaction(READING, () => this.rows.get(id));
    const { compiled } = await this.drafts.content(READING, newsletter.campaignId);
    const reader = (await this.accounts.team(actor, actor.partnerId)).find((one) => one.id === actor.userId);
    if (reader === undefined) throw notFound('newsletter', id);
    const names = await this.organisations.byIds(READING, [newsletter.vendorId, actor.partnerId]);
    const from = names.get(newsletter.vendorId)?.name ?? '';
    const { PUBLIC_URL } = this.config;
    const master = masterOf(compiled, { kind: 'email', key: emailOf(compiled), locale: reader.locale });
    const sender = { name: from, address: newsletter.senderAddress, contactName: from, contactEmail: '' };
    const baked = bakedNewsletter(compiled, master, sender, PUBLIC_URL);
    const company = names.get(actor.partnerId)?.name ?? '';
    const settings = { why: '', label: '', url: `${PUBLIC_URL}/account` };
    const links = this.links.of(compiled, recipientId, settings);
    const { subject, html } = personalNewsletter(baked, { ...reader, company }, links, PUBLIC_URL);
    return { from, at: sentAtOf(newsletter), subject, html };
  }

  /** Counts that the person has opened it. Safe to repeat. @throws as `get`. */
  async recordOpening(actor: PartnerActor, id: NewsletterId): Promise<void> {
    const recipientId = await this.recipientOf(actor, id);
    await this.database.inTransaction(READING, () => this.rows.setDeed(recipientId, 'opened', this.clock.now()));
  }

  /** The vendor counts people, so a key reads none. */
  private requirePerson({ apiKeyId }: PartnerActor): void {
    if (apiKeyId === null) return;
    throw new DomainError(
      'newsletter.person-only',
      'A newsletter is for a person, and this request comes from an API key. Sign in to read it.',
      {},
      { kind: 'forbidden' },
    );
  }

  private async recipientOf(actor: PartnerActor, id: NewsletterId): Promise<RecipientId> {
    const { userId, partnerId } = actor;
    if (userId === null) throw notFound('newsletter', id);
    const found = await this.database.inTransaction(actor, () => this.rows.recipientFor(id, partnerId, userId));
    // First: of a newsletter to others, a key learns no more than anybody.
    if (found === null) throw notFound('newsletter', id);
    // After the question whether it is there: a key learns nothing of newsletters to others.
    this.requirePerson(actor);
    return found;
  }
}

/** A newsletter that was sent to a person has a time. */
const sentAtOf = ({ sendAt, createdAt }: Newsletter): Date => sendAt ?? createdAt;
