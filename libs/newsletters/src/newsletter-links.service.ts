import { hkdfSync } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { type CompiledCampaign, CompiledCampaigns } from '#content';
import { Database } from '#database';
import { classifyClick, hasBrowserHeaders, isPrefetch } from '#engagement';
import { Clock, notFound, systemActor } from '#kernel';
import { DECOY_LINK, type MailSettings } from '#rendering';
import type { BlobHash } from '#storage';
import type { NewsletterId, RecipientId } from './newsletter.js';
import { numberedLinks, targetOf } from './newsletter-letter.js';
import { FIXED_LINKS, openNewsletterToken, sealNewsletterToken } from './newsletter-token.js';
import { NewslettersRepository } from './newsletters.repository.js';

const LINKS = systemActor('newsletter-links');

/** Links in newsletters. They count what people did, once each; programs are left out. */
@Injectable()
export class NewsletterLinks {
  private readonly key: Buffer;
  private readonly publicUrl: string;

  constructor(
    private readonly database: Database,
    private readonly rows: NewslettersRepository,
    private readonly compiled: CompiledCampaigns,
    private readonly clock: Clock,
    @Inject(CONFIG) { SECRET_KEY, PUBLIC_URL }: Pick<Config, 'SECRET_KEY' | 'PUBLIC_URL'>,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', SECRET_KEY, '', 'throughline/newsletters/links', 32));
    this.publicUrl = PUBLIC_URL;
  }

  /**
   * Addresses of the links of one recipient, by name.
   * @param settings of this recipient.
   */
  of(compiled: CompiledCampaign, recipientId: RecipientId, settings: MailSettings): Record<string, string> {
    const own = numberedLinks(compiled).map((name, link) => [name, this.url({ recipientId, link })] as const);
    return {
      ...Object.fromEntries(own),
      unsubscribe: settings.url,
      preferences: settings.url,
      viewInBrowser: this.url({ recipientId, link: FIXED_LINKS.viewInBrowser }),
      [DECOY_LINK]: this.url({ recipientId, link: FIXED_LINKS.decoy }),
    };
  }

  /** The settings of a kind of e-mail, with a link that also says which newsletter was unsubscribed from. */
  settingsOf(recipientId: RecipientId, settings: MailSettings): MailSettings {
    const token = sealNewsletterToken(this.key, { recipientId, link: FIXED_LINKS.unsubscribe });
    return { ...settings, url: `${settings.url}?m=${token}` };
  }

  /** Of a test or a preview: the links lead to their targets and count nothing. */
  ofSample(compiled: CompiledCampaign): Record<string, string> {
    const own = numberedLinks(compiled).map((name) => [name, `${this.publicUrl}/?preview=${name}`] as const);
    const fixed = ['unsubscribe', 'preferences', 'viewInBrowser', DECOY_LINK].map((name) => [
      name,
      `${this.publicUrl}/?preview=${name}`,
    ]);
    return Object.fromEntries([...own, ...fixed]) as Record<string, string>;
  }

  /**
   * Counts that a person followed a link.
   * @returns where it leads.
   * @throws DomainError `link.not-found`.
   */
  async follow(
    token: string,
    request: { readonly method: string; readonly headers: IncomingHttpHeaders },
  ): Promise<string> {
    const opened = openNewsletterToken(this.key, token);
    const recipient = opened === null ? null : await this.inTransaction(() => this.rows.recipient(opened.recipientId));
    if (opened === null || recipient === null) throw notFound('link', 'token');
    const { newsletterId, toldAt } = recipient;
    if (opened.link === FIXED_LINKS.decoy) {
      await this.inTransaction(() => this.rows.setScanned(opened.recipientId, this.clock.now()));
      return this.publicUrl;
    }
    const target =
      opened.link === FIXED_LINKS.viewInBrowser
        ? `${this.publicUrl}/news/${newsletterId}`
        : await this.targetOf(newsletterId, opened.link);
    if (this.isByPerson(request, toldAt))
      await this.inTransaction(() => this.rows.setDeed(opened.recipientId, 'clicked', this.clock.now()));
    return target;
  }

  /** Counts that a person unsubscribed with the link of a newsletter. Other tokens are ignored. */
  async recordUnsubscribe(token: string): Promise<void> {
    const opened = openNewsletterToken(this.key, token);
    if (opened?.link !== FIXED_LINKS.unsubscribe) return;
    await this.inTransaction(() => this.rows.setDeed(opened.recipientId, 'unsubscribed', this.clock.now()));
  }

  private async targetOf(newsletterId: NewsletterId, link: number): Promise<string> {
    const [content] = await this.inTransaction(() =>
      this.database.query<{ compiledHash: BlobHash }>(
        `SELECT v.compiled_hash FROM newsletters.newsletter n
         JOIN campaigns.newest_content_view v ON v.campaign_id = n.campaign_id WHERE n.id = $1`,
        [newsletterId],
      ),
    );
    if (content === undefined) throw notFound('link', 'token');
    const compiled = await this.compiled.load(content.compiledHash);
    const name = numberedLinks(compiled)[link];
    const target = name === undefined ? null : targetOf(compiled, name);
    if (target === null) throw notFound('link', 'token');
    return target;
  }

  private isByPerson({ method, headers }: Parameters<NewsletterLinks['follow']>[1], toldAt: Date | null): boolean {
    const { verdict } = classifyClick({
      method,
      userAgent: headers['user-agent'] ?? '',
      isPrefetch: isPrefetch(headers),
      hasBrowserHeaders: hasBrowserHeaders(headers),
      scanner: null,
      isDecoy: false,
      around: [],
      wasScanned: false,
      sinceSubmissionMs: toldAt === null ? null : this.clock.now().getTime() - toldAt.getTime(),
    });
    return verdict === 'human';
  }

  private url(token: Parameters<typeof sealNewsletterToken>[1]): string {
    return `${this.publicUrl}/n/l/${sealNewsletterToken(this.key, token)}`;
  }

  private inTransaction<T>(work: () => Promise<T>): Promise<T> {
    return this.database.inTransaction(LINKS, work);
  }
}
