import { Controller, Get, HttpCode, Inject, NotImplementedException, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { CONFIG, type Config } from '#config';
import { OEmbedQuery } from '#contracts';
import { notFound } from '#kernel';
import type { z } from 'zod';
import { Public } from '../http/authority.js';
import { ResponseMedia, Summary } from '../http/openapi.js';
import { CampaignCards, type OEmbed } from './campaign-cards.service.js';
import { embedScript } from './embed-scripts.js';
import { EmbedPages } from './embed-pages.service.js';

/** Longest name of a script in an error. */
const MAX_NAME_LENGTH = 60;

/** What websites and their programs load to show campaigns. */
@Controller()
export class EmbedFilesController {
  constructor(
    private readonly pages: EmbedPages,
    private readonly cards: CampaignCards,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  @Summary('Describe the card of a landing page (oEmbed 1.0)')
  @ResponseMedia('application/json')
  @Public()
  @Get('oembed')
  @HttpCode(200)
  async oembed(
    @Query({ schema: OEmbedQuery }) { url, format, maxwidth, maxheight }: z.output<typeof OEmbedQuery>,
  ): Promise<OEmbed> {
    // oembed.com, 2.3.3.
    if (format !== 'json') throw new NotImplementedException('This endpoint returns JSON only: set format=json.');
    const slug = this.slugOf(url);
    if (slug === null) throw notFound('page', 'url');
    const limits = { width: maxwidth ?? null, height: maxheight ?? null };
    return this.cards.oembed(await this.pages.open(slug), limits);
  }

  /** A version of a script never changes: websites have its digest. */
  @Summary('Get a script that shows campaigns on websites')
  @ResponseMedia('text/javascript')
  @Public()
  @Get('embed/:version/:file')
  script(@Param('version') version: string, @Param('file') file: string, @Res() response: Response): void {
    const script = embedScript(`${version}/${file.replace(/\.js$/, '')}`);
    if (script === null || !file.endsWith('.js')) throw notFound('script', file.slice(0, MAX_NAME_LENGTH));
    response
      .type('text/javascript')
      .setHeader('Cache-Control', 'public, max-age=31536000, immutable')
      .setHeader('Access-Control-Allow-Origin', '*')
      .setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
      .send(script);
  }

  /** @returns null for a URL that is none of a landing page of this installation. */
  private slugOf(url: string): string | null {
    const pages = `${this.config.PUBLIC_URL}/p/`;
    return url.startsWith(pages) ? (/^[\w-]+/.exec(url.slice(pages.length))?.[0] ?? null) : null;
  }
}
