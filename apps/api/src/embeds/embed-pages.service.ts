import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Embed, Embeds, LandingPages } from '#activations';
import { BrandProfiles, PageBrands } from '#brand';
import { CONFIG, type Config } from '#config';
import { DomainError } from '#kernel';
import { type ComponentContent, componentContent, framedPage } from '#rendering';
import { escapeHtml, type PageOwner } from '../public/page-frame.js';
import { contactPage } from './contact-page.js';
import { scriptPath } from './embed-scripts.js';
import { CACHED_SHORTLY, framePolicy, type Place, type Site, siteOf } from './embed-site.js';
import { EMBED_TEXTS } from './embed-texts.js';

/** An embed, and the websites that may show it. */
export interface OpenEmbed extends Embed {
  readonly hosts: readonly string[];
  /** The slug of the code on the website. */
  readonly slug: string;
}

/** What the web component shows, and what it needs to stay right. */
export interface ComponentView extends ComponentContent {
  readonly key: string;
  readonly stateUrl: string;
  /** Told once when a visitor begins to fill in a form. */
  readonly startUrl: string;
  readonly pageUrl: string;
  /** Shown if a form cannot be sent. */
  readonly failed: string;
}

/** Pages of campaigns as the websites of partners show them. */
@Injectable()
export class EmbedPages {
  constructor(
    private readonly embeds: Embeds,
    private readonly pages: LandingPages,
    private readonly profiles: BrandProfiles,
    private readonly brands: PageBrands,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** @throws DomainError `page.not-found`. */
  async open(slug: string): Promise<OpenEmbed> {
    const embed = await this.embeds.find(slug);
    const { verifiedHosts } = await this.profiles.current(embed.actor);
    return { ...embed, hosts: verifiedHosts, slug };
  }

  siteOf(address: string | undefined, { hosts }: OpenEmbed): Site {
    return siteOf(address, hosts, this.config.PUBLIC_URL);
  }

  /** Changes when something else is to be shown. */
  keyOf({ state, activation }: Embed): string {
    return `${state} ${activation.id}`;
  }

  /**
   * The page of the campaign, verified against its seal; or a form alone, if the campaign is over or its
   * page is not as it was sealed.
   * @param wanted BCP 47; null: unknown.
   */
  async html(embed: OpenEmbed, place: Place, wanted: string | null): Promise<string> {
    const { state } = embed;
    if (state === 'ended' || state === 'recalled') return this.contactPage(state, embed, place, wanted);
    try {
      return (await this.pages.page(embed, wanted)).html;
    } catch (error) {
      const isHidden =
        error instanceof DomainError && (error.code === 'seal.broken' || error.code === 'content.recalled');
      if (!isHidden) throw error;
      return this.contactPage('recalled', embed, place, wanted);
    }
  }

  /** The owner of pages in the partner's look. */
  async owner({ actor, activation }: Embed): Promise<PageOwner> {
    return { brand: await this.brands.current(actor), slug: activation.slug };
  }

  /** Allows the partner's websites, and no others, to frame a response. */
  allowFrames(response: Response, { hosts }: OpenEmbed): void {
    response
      .setHeader('Content-Security-Policy', framePolicy(hosts))
      .setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
      .setHeader('X-Robots-Tag', 'noindex')
      // Older than frame-ancestors, and cannot name other sites.
      .removeHeader('X-Frame-Options');
  }

  /**
   * Lets a website read a response.
   * @param origin as the browser sent it.
   */
  allowReading(response: Response, origin: string | undefined): void {
    response.vary('Origin');
    if (origin !== undefined) response.setHeader('Access-Control-Allow-Origin', origin);
    response
      .setHeader('Content-Type', 'application/json; charset=utf-8')
      .setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  }

  cacheShortly(request: Request, response: Response): void {
    response.vary('Accept-Language').setHeader('Cache-Control', CACHED_SHORTLY);
    // A form that was sent is its visitor's alone.
    if (request.method !== 'GET') response.setHeader('Cache-Control', 'no-store');
  }

  framed(html: string, embed: OpenEmbed): string {
    return framedPage(html, {
      action: this.action(embed, 'frame'),
      canonical: this.pageUrl(embed),
      script: this.script(embed),
    });
  }

  /** @param language of the texts around the page, BCP 47. */
  component(html: string, embed: OpenEmbed, language: string): ComponentView {
    const pageUrl = this.pageUrl(embed);
    return {
      ...componentContent(html, pageUrl, this.action(embed, 'component')),
      key: this.keyOf(embed),
      stateUrl: this.stateUrl(embed),
      startUrl: this.startUrl(embed),
      pageUrl,
      failed: EMBED_TEXTS.in(language).t('failed'),
    };
  }

  /** The script within a frame: height, links, state. */
  script(embed: OpenEmbed): string {
    const { hosts } = embed;
    return `<script src="${scriptPath('inside')}" defer data-hosts="${escapeHtml(hosts.join(' '))}" data-state="${escapeHtml(this.keyOf(embed))}" data-state-url="${escapeHtml(this.stateUrl(embed))}" data-start-url="${escapeHtml(this.startUrl(embed))}"></script>`;
  }

  pageUrl({ state, slug, activation }: OpenEmbed): string {
    return state === 'live' || state === 'updated'
      ? `${this.config.PUBLIC_URL}/p/${activation.slug}`
      : `${this.config.PUBLIC_URL}/p/${slug}/embed`;
  }

  private stateUrl({ slug }: OpenEmbed): string {
    return `${this.config.PUBLIC_URL}/p/${slug}/embed/state`;
  }

  private startUrl({ slug }: OpenEmbed): string {
    return `${this.config.PUBLIC_URL}/p/${slug}/form-start?source=embed`;
  }

  private action({ state, slug, activation }: OpenEmbed, place: Place): string {
    const path = state === 'live' || state === 'updated' ? `/p/${activation.slug}/form` : `/p/${slug}/embed/form`;
    return `${this.config.PUBLIC_URL}${path}?embed=${place}&source=embed`;
  }

  private async contactPage(
    state: 'ended' | 'recalled',
    embed: OpenEmbed,
    place: Place,
    wanted: string | null,
  ): Promise<string> {
    const action = this.action({ ...embed, state }, place);
    return contactPage(state, wanted ?? embed.activation.locale, action, await this.owner(embed));
  }
}
