import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  NewProviderSource,
  ProviderSources as ProviderSourcesView,
  ProviderSourceView,
  RevealedProviderSource,
  RotateProviderSecret,
} from '#contracts';
import { type ProviderSource, type ProviderSourceId, ProviderSources, type RevealedSource } from '#engagement';
import type { VendorActor } from '#kernel';
import { Answers } from './http/api-response.js';
import { Allow, CurrentVendor } from './http/authority.js';

const Id = z.uuid();

/** A vendor's own accounts at mail providers. The operator keeps the installation's by `throughline providers`. */
@Controller('api/v1/provider-sources')
export class ProviderSourcesController {
  constructor(private readonly sources: ProviderSources) {}

  @Allow('provider-sources.edit')
  @Get()
  @Answers(ProviderSourcesView)
  async list(@CurrentVendor() actor: VendorActor): Promise<z.output<typeof ProviderSourcesView>> {
    return { items: (await this.sources.list(actor)).map(view) };
  }

  @Allow('provider-sources.edit')
  @Post()
  @Answers(RevealedProviderSource, 201)
  async create(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: NewProviderSource }) body: z.output<typeof NewProviderSource>,
  ): Promise<z.output<typeof RevealedProviderSource>> {
    return revealed(await this.sources.create(actor, body));
  }

  @Allow('provider-sources.edit')
  @Post(':id/secrets')
  @Answers(RevealedProviderSource, 201)
  async rotate(
    @CurrentVendor() actor: VendorActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: RotateProviderSecret }) body: z.output<typeof RotateProviderSecret>,
  ): Promise<z.output<typeof RevealedProviderSource>> {
    return revealed(await this.sources.rotate(actor, id as ProviderSourceId, body));
  }

  @Allow('provider-sources.edit')
  @Delete(':id')
  @HttpCode(204)
  async revoke(@CurrentVendor() actor: VendorActor, @Param('id', { schema: Id }) id: string): Promise<void> {
    await this.sources.revoke(actor, id as ProviderSourceId);
  }
}

const revealed = ({ source, url }: RevealedSource): z.output<typeof RevealedProviderSource> => ({
  source: view(source),
  url,
});

function view(source: ProviderSource): ProviderSourceView {
  const { id, provider, name, createdBy, told, unmatched, ignored } = source;
  return {
    id,
    provider,
    name,
    createdBy,
    createdAt: source.createdAt.toISOString(),
    previousSecretValidUntil: source.previousValidUntil?.toISOString() ?? null,
    revokedAt: source.revokedAt?.toISOString() ?? null,
    told,
    unmatched,
    ignored,
    lastToldAt: source.lastToldAt?.toISOString() ?? null,
  };
}
