import { Controller, Get, Header, Inject, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { LRUCache } from 'lru-cache';
import { type Activation, Embeds, LandingPages, type ListedCampaign } from '#activations';
import { BrandProfiles, provenWebsite } from '#brand';
import { CONFIG, type Config } from '#config';
import { withSource } from '#contracts';
import { PublicTokens } from '#engagement';
import { type ActivationId, DomainError, notFound, type PartnerId, systemActor } from '#kernel';
import { cardOf, type PageCard } from '#rendering';
import { Public } from '../http/authority.js';
import { ResponseMedia, Summary } from '../http/openapi.js';
import { CACHED_SHORTLY } from './embed-site.js';
import { type Feed, type FeedItem, jsonFeed, rssFeed } from './feed.js';

/** Longest id of a campaign in an error. */
const MAX_ID_LENGTH = 60;
/** A card is made of a verified page, and never changes. */
const CACHED_CARDS = 2_000;

/** Feeds of what a partner runs, for its own website and its programs. */
@Controller('feeds/:token')
export class FeedsController {
  private readonly cards = new LRUCache<ActivationId, PageCard>({ max: CACHED_CARDS });

  constructor(
    private readonly tokens: PublicTokens,
    private readonly embeds: Embeds,
    private readonly pages: LandingPages,
    private readonly profiles: BrandProfiles,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  @Summary('Get what a partner runs as JSON Feed 1.1')
  @ResponseMedia('application/feed+json')
  @Public()
  @Get('feed.json')
  @Header('content-type', 'application/feed+json; charset=utf-8')
  @Header('access-control-allow-origin', '*')
  @Header('cross-origin-resource-policy', 'cross-origin')
  async json(@Param('token') token: string): Promise<object> {
    return jsonFeed(await this.feed(token));
  }

  @Summary('Get what a partner runs as RSS 2.0')
  @ResponseMedia('application/rss+xml')
  @Public()
  @Get('feed.xml')
  @Header('content-type', 'application/rss+xml; charset=utf-8')
  async rss(@Param('token') token: string): Promise<string> {
    return rssFeed(await this.feed(token));
  }

  /** The address stays the same when the partner launches a newer version. */
  @Summary('Open the page of a campaign of a feed')
  @ResponseMedia('text/html')
  @Public()
  @Get(':campaignId')
  async item(
    @Param('token') token: string,
    @Param('campaignId') campaignId: string,
    @Res() response: Response,
  ): Promise<void> {
    const listed = await this.embeds.list(this.tokens.openFeed(token));
    const found = listed.find(({ activation }) => activation.campaignId === campaignId);
    if (found === undefined) throw notFound('page', campaignId.slice(0, MAX_ID_LENGTH));
    if (found.goneAt !== null)
      throw new DomainError(
        'page.gone',
        'This campaign has ended. Its page is no longer in the feed.',
        {},
        { kind: 'gone' },
      );
    response
      .setHeader('Cache-Control', CACHED_SHORTLY)
      .redirect(302, withSource(`${this.config.PUBLIC_URL}/p/${found.activation.slug}`, 'feed'));
  }

  private async feed(token: string): Promise<Feed> {
    const partnerId = this.tokens.openFeed(token);
    const profile = await this.profiles.current(systemActor('feed', { partnerId }));
    const listed = await this.embeds.list(partnerId);
    const address = `${this.config.PUBLIC_URL}/feeds/${token}`;
    const running = listed.filter(({ goneAt }) => goneAt === null);
    const items = await Promise.all(running.map((campaign) => this.itemOf(partnerId, address, campaign)));
    return {
      title: profile.name,
      home: provenWebsite(profile) ?? this.config.PUBLIC_URL,
      address,
      language: running[0]?.activation.locale ?? 'en',
      items: items.filter((item) => item !== null),
      gone: listed.flatMap(({ activation, goneAt }) =>
        goneAt === null ? [] : [{ id: idOf(activation.campaignId), at: goneAt }],
      ),
    };
  }

  /** @returns null for a campaign without a page, or one that is not as it was sealed. */
  private async itemOf(
    partnerId: PartnerId,
    address: string,
    { activation, title }: ListedCampaign,
  ): Promise<FeedItem | null> {
    try {
      const card = await this.card(partnerId, activation);
      return {
        id: idOf(activation.campaignId),
        url: `${address}/${activation.campaignId}`,
        title: card.title === '' ? title : card.title,
        text: card.description,
        image: card.image,
        launchedAt: activation.launchedAt,
      };
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }

  private async card(partnerId: PartnerId, activation: Activation): Promise<PageCard> {
    const known = this.cards.get(activation.id);
    if (known !== undefined) return known;
    const actor = systemActor('feed', { partnerId });
    const card = cardOf((await this.pages.page({ actor, activation }, activation.locale)).html);
    this.cards.set(activation.id, card);
    return card;
  }
}

const idOf = (campaignId: string): string => `urn:uuid:${campaignId}`;
