import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Activations, PartnersUsingAssets } from '#activations';
import type { AssetId } from '#assets';
import { Lifetimes, OldContents } from '#campaigns';
import { LifetimeView, OldContents as OldContentsView, SaveLifetime } from '#contracts';
import type { CampaignId, VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';

/** When campaigns are reviewed and end, and what is old. */
@ApiTags('campaigns')
@Controller('api/v1')
export class LifetimesController {
  constructor(
    private readonly lifetimes: Lifetimes,
    private readonly contents: OldContents,
    private readonly activations: Activations,
    private readonly usingAssets: PartnersUsingAssets,
  ) {}

  @Summary('Get the review day and the last day of a campaign')
  @Get('campaigns/:id/lifetime')
  @Allow('campaigns.read')
  @ResponseBody(LifetimeView)
  async get(@CurrentVendor() actor: VendorActor, @IdParam('id') id: CampaignId): Promise<LifetimeView> {
    return this.lifetimes.get(actor, id);
  }

  /** Partners that run it are told 30, 7 and 1 days before the last day. */
  @Summary('Set the review day and the last day of a campaign, and what its landing pages do afterwards')
  @Put('campaigns/:id/lifetime')
  @Allow('campaigns.retire')
  @ResponseBody(LifetimeView)
  async save(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Body({ schema: SaveLifetime }) body: z.output<typeof SaveLifetime>,
  ): Promise<LifetimeView> {
    return this.lifetimes.save(actor, id, body);
  }

  @Summary('List campaigns and assets that are due for review or end within 30 days, and how many partners use them')
  @Get('old-contents')
  @Allow('campaigns.read')
  @ResponseBody(OldContentsView)
  async old(@CurrentVendor() actor: VendorActor): Promise<OldContentsView> {
    const found = await this.contents.list(actor);
    const ids = (kind: 'campaign' | 'asset') => found.filter((one) => one.kind === kind).map(({ id }) => id);
    const running = await this.activations.partnersRunning(actor, ids('campaign') as CampaignId[]);
    const using = await this.usingAssets.count(actor, ids('asset') as AssetId[]);
    const items = found.map(({ hasEnded, ...one }) => {
      const partners = running.get(one.id as CampaignId) ?? using.get(one.id as AssetId) ?? 0;
      return { hasEnded, view: { ...one, title: { ...one.title }, partners } };
    });
    // What has ended and runs nowhere has nothing to be decided.
    return { items: items.filter(({ hasEnded, view }) => !hasEnded || view.partners > 0).map(({ view }) => view) };
  }
}
