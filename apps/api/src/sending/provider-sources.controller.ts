import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  ChangeProviderSource,
  InboundMailbox,
  NewProviderSource,
  ProviderSources as ProviderSourcesView,
  ProviderSourceView,
  RevealedProviderSource,
  RotateProviderSecret,
} from '#contracts';
import {
  MailboxProgress,
  type ProviderSource,
  type ProviderSourceId,
  ProviderSources,
  type RevealedSource,
} from '#engagement';
import type { VendorActor } from '#kernel';
import { Answers } from '../http/api-response.js';
import { Allow, CurrentVendor } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';

/** A vendor's own accounts at mail providers. The operator keeps the installation's by `throughline providers`. */
@Controller('api/v1')
export class ProviderSourcesController {
  constructor(
    private readonly sources: ProviderSources,
    private readonly mailbox: MailboxProgress,
  ) {}

  @Allow('provider-sources.edit')
  @Get('provider-sources')
  @Answers(ProviderSourcesView)
  async list(@CurrentVendor() actor: VendorActor): Promise<z.output<typeof ProviderSourcesView>> {
    return { items: (await this.sources.list(actor)).map(view) };
  }

  @Allow('provider-sources.edit')
  @Post('provider-sources')
  @Answers(RevealedProviderSource, 201)
  async create(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: NewProviderSource }) body: z.output<typeof NewProviderSource>,
  ): Promise<z.output<typeof RevealedProviderSource>> {
    return revealed(await this.sources.create(actor, body));
  }

  @Allow('provider-sources.edit')
  @Post('provider-sources/:id/secrets')
  @Answers(RevealedProviderSource, 201)
  async rotate(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: ProviderSourceId,
    @Body({ schema: RotateProviderSecret }) body: z.output<typeof RotateProviderSecret>,
  ): Promise<z.output<typeof RevealedProviderSource>> {
    return revealed(await this.sources.rotate(actor, id, body));
  }

  @Allow('provider-sources.edit')
  @Patch('provider-sources/:id')
  @Answers(ProviderSourceView)
  async change(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: ProviderSourceId,
    @Body({ schema: ChangeProviderSource }) { paused }: z.output<typeof ChangeProviderSource>,
  ): Promise<ProviderSourceView> {
    return view(await this.sources.pause(actor, id, paused));
  }

  /** The installation's, whoever's mail comes to it: when it was read, and nothing of what. */
  @Allow('provider-sources.edit')
  @Get('inbound-mailbox')
  @Answers(InboundMailbox)
  async inbound(): Promise<InboundMailbox> {
    const { readAt, failingSince } = await this.mailbox.state();
    return { readAt: readAt?.toISOString() ?? null, failingSince: failingSince?.toISOString() ?? null };
  }

  @Allow('provider-sources.edit')
  @Delete('provider-sources/:id')
  @HttpCode(204)
  async revoke(@CurrentVendor() actor: VendorActor, @IdParam('id') id: ProviderSourceId): Promise<void> {
    await this.sources.revoke(actor, id);
  }
}

const revealed = ({ source, url }: RevealedSource): z.output<typeof RevealedProviderSource> => ({
  source: view(source),
  url,
});

function view(source: ProviderSource): ProviderSourceView {
  const { id, provider, name, createdBy, told, unmatched, ignored, refusedAt, refusedWhy } = source;
  return {
    id,
    provider,
    name,
    createdBy,
    createdAt: source.createdAt.toISOString(),
    previousSecretValidUntil: source.previousValidUntil?.toISOString() ?? null,
    revokedAt: source.revokedAt?.toISOString() ?? null,
    pausedAt: source.pausedAt?.toISOString() ?? null,
    told,
    unmatched,
    ignored,
    lastToldAt: source.lastToldAt?.toISOString() ?? null,
    lastRefusal: refusedAt === null || refusedWhy === null ? null : { at: refusedAt.toISOString(), why: refusedWhy },
  };
}
