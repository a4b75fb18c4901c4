import { Controller, Get, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import { PageBrands } from '#brand';
import type { Request } from 'express';
import { Activations } from '#activations';
import { DoubleOptIns, type OptIn } from '#contacts';
import { PublicTokens } from '#engagement';
import { notFound, type SystemActor, systemActor } from '#kernel';
import { Public } from '../http/authority.js';
import { PAGE_POLICY } from '../http/preview-policy.js';
import type { PageOwner } from './page-frame.js';
import { confirmPage } from './public-pages.js';
import { ResponseMedia, Summary } from '../http/openapi.js';

const OPT_IN_ACTOR = systemActor('double opt-in');

/**
 * Confirmation of an opt-in, by a link in a mail to the person's own address.
 * GET changes nothing, because mail programs follow links automatically.
 */
@Controller('p/:slug/confirm/:token')
export class OptInsController {
  constructor(
    private readonly activations: Activations,
    private readonly optIns: DoubleOptIns,
    private readonly tokens: PublicTokens,
    private readonly brands: PageBrands,
  ) {}

  @Summary('Show the page that asks to confirm an opt-in. Changes nothing')
  @ResponseMedia('text/html')
  @Public()
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  @Header('cache-control', 'no-store')
  async ask(@Param('slug') slug: string, @Param('token') token: string): Promise<string> {
    const { optIn, owner } = await this.find(slug, token);
    return confirmPage(optIn, owner);
  }

  @Summary('Confirm an opt-in')
  @ResponseMedia('text/html')
  @Public()
  @Post()
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  @Header('cache-control', 'no-store')
  async confirm(@Param('slug') slug: string, @Param('token') token: string, @Req() request: Request): Promise<string> {
    const { actor, optIn, owner } = await this.find(slug, token);
    const state = await this.optIns.confirm(actor, optIn.id, request.ip ?? '');
    if (state === null) throw notFound('link', 'token');
    return confirmPage({ ...optIn, state }, owner);
  }

  private async find(slug: string, token: string): Promise<{ actor: SystemActor; optIn: OptIn; owner: PageOwner }> {
    const id = this.tokens.openOptIn(token);
    // Also after a recall: the partner still answers the people who wrote to it.
    const partnerId = await this.activations.partnerOfPage(OPT_IN_ACTOR, slug);
    if (partnerId === null) throw notFound('link', 'token');
    const actor = systemActor(OPT_IN_ACTOR.name, { partnerId });
    const optIn = await this.optIns.find(actor, id);
    if (optIn === null) throw notFound('link', 'token');
    return { actor, optIn, owner: { brand: await this.brands.current(actor), slug } };
  }
}
