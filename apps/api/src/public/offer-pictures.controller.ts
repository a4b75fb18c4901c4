import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { LRUCache } from 'lru-cache';
import { OfferPictureLinks, OfferPreviews } from '#activations';
import { systemActor } from '#kernel';
import { Public } from '../http/authority.js';
import { ResponseMedia, Summary } from '../http/openapi.js';

/** 100 kB each. A reader opens an e-mail more than once. */
const MOST_PICTURES = 200;

/** Pictures in e-mails about new campaigns, in the partner's branding. */
@Controller('n/pictures/:token')
export class OfferPicturesController {
  private readonly drawn = new LRUCache<string, Promise<Buffer>>({ max: MOST_PICTURES });

  constructor(
    private readonly links: OfferPictureLinks,
    private readonly previews: OfferPreviews,
  ) {}

  @Summary('Get the picture in an e-mail about a new campaign')
  @ResponseMedia('image/jpeg')
  @Public()
  @Get()
  @Header('cache-control', 'public, max-age=60')
  async picture(@Param('token') token: string, @Res() response: Response): Promise<void> {
    const { partnerId, versionId, key } = this.links.open(token);
    const actor = { ...systemActor('offer-pictures'), partnerId };
    await this.previews.requireShown(actor, versionId, { kind: 'social', key, locale: null });
    response.type('image/jpeg').send(await (this.drawn.get(token) ?? this.draw(token)));
  }

  private draw(token: string): Promise<Buffer> {
    const { partnerId, versionId, key } = this.links.open(token);
    const actor = { ...systemActor('offer-pictures'), partnerId };
    const drawn = this.previews.artwork(actor, versionId, {
      kind: 'social',
      key,
      format: 'landscape',
      locale: null,
      slots: {},
    });
    this.drawn.set(token, drawn);
    // A failure is not kept: the brand profile may be corrected.
    drawn.catch(() => this.drawn.delete(token));
    return drawn;
  }
}
