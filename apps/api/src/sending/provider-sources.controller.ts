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
import { Allow, CurrentVendor } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/**
 * A vendor's own accounts at mail providers. The operator keeps the
 * installation's by `throughline providers`.
 */
@Controller('api/v1')
export class ProviderSourcesController {
  constructor(
    private readonly sources: ProviderSources,
    private readonly mailbox: MailboxProgress,
  ) {}

  @Summary('List the connected accounts at e-mail providers that report bounces and complaints')
  @Allow('provider-sources.edit')
  @Get('provider-sources')
  @ResponseBody(ProviderSourcesView)
  async list(@CurrentVendor() actor: VendorActor): Promise<z.output<typeof ProviderSourcesView>> {
    return { items: (await this.sources.list(actor)).map(view) };
  }

  @Summary('Connect an account at an e-mail provider. The webhook address is shown only once')
  @Allow('provider-sources.edit')
  @Post('provider-sources')
  @ResponseBody(RevealedProviderSource, 201)
  async create(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: NewProviderSource }) body: z.output<typeof NewProviderSource>,
  ): Promise<z.output<typeof RevealedProviderSource>> {
    return revealed(await this.sources.create(actor, body));
  }

  @Summary('Create a new secret. The old one stays valid for some hours')
  @Allow('provider-sources.edit')
  @Post('provider-sources/:id/secrets')
  @ResponseBody(RevealedProviderSource, 201)
  async rotate(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: ProviderSourceId,
    @Body({ schema: RotateProviderSecret }) body: z.output<typeof RotateProviderSecret>,
  ): Promise<z.output<typeof RevealedProviderSource>> {
    return revealed(await this.sources.rotate(actor, id, body));
  }

  @Summary('Pause or resume a connected account')
  @Allow('provider-sources.edit')
  @Patch('provider-sources/:id')
  @ResponseBody(ProviderSourceView)
  async change(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: ProviderSourceId,
    @Body({ schema: ChangeProviderSource }) { paused }: z.output<typeof ChangeProviderSource>,
  ): Promise<ProviderSourceView> {
    return view(await this.sources.pause(actor, id, paused));
  }

  /**
   * The installation's bounce mailbox: when it was read, without any content.
   */
  @Summary('Get when the bounce mailbox was last read, and since when reading fails')
  @Allow('provider-sources.edit')
  @Get('inbound-mailbox')
  @ResponseBody(InboundMailbox)
  async inbound(): Promise<InboundMailbox> {
    const { readAt, failingSince } = await this.mailbox.state();
    return { readAt: readAt?.toISOString() ?? null, failingSince: failingSince?.toISOString() ?? null };
  }

  @Summary('Disconnect an account. Events already received stay')
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
  const { id, provider, name, createdBy, events, unmatched, ignored, refusedAt, refusedWhy } = source;
  return {
    id,
    provider,
    name,
    createdBy,
    createdAt: source.createdAt.toISOString(),
    previousSecretValidUntil: source.previousValidUntil?.toISOString() ?? null,
    revokedAt: source.revokedAt?.toISOString() ?? null,
    pausedAt: source.pausedAt?.toISOString() ?? null,
    events,
    unmatched,
    ignored,
    lastEventAt: source.lastEventAt?.toISOString() ?? null,
    lastRefusal: refusedAt === null || refusedWhy === null ? null : { at: refusedAt.toISOString(), why: refusedWhy },
  };
}
