import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { type Activation, Activations, forVendor, lastDayOf, VendorControl, VendorServers } from '#activations';
import { CampaignLibrary, Lifetimes } from '#campaigns';
import { PageQuery, VendorActivations, VendorActivationView, VendorReason } from '#contracts';
import { type ActivationId, type CampaignId, Clock, type VendorActor } from '#kernel';
import { Organisations } from '#organisations';
import { Allow, CurrentVendor } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';

/** The partners that run a campaign, without any data about their contacts. */
@Controller('api/v1/campaigns/:id/activations')
export class CampaignActivationsController {
  constructor(
    private readonly activations: Activations,
    private readonly control: VendorControl,
    private readonly library: CampaignLibrary,
    private readonly lifetimes: Lifetimes,
    private readonly organisations: Organisations,
    private readonly servers: VendorServers,
    private readonly clock: Clock,
  ) {}

  @Summary('List the partners that run a campaign, without any data about their contacts')
  @Allow('vendor-activations.read')
  @Get()
  @ResponseBody(VendorActivations)
  async ofCampaign(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Query({ schema: PageQuery }) query: z.output<typeof PageQuery>,
  ): Promise<z.output<typeof VendorActivations>> {
    const found = await this.activations.ofCampaign(actor, id, {
      limit: query.limit,
      beforeId: idCursor(query.cursor),
    });
    return {
      items: await this.views(actor, id, found),
      nextCursor: nextCursor(found, query.limit, ({ id: activationId }) => activationId),
    };
  }

  /** Nothing is sent until you release it. The partner reads the reason, and gets an e-mail. */
  @Summary("Pause one partner's activation: no further e-mails until you release it")
  @Allow('vendor-activations.control')
  @Post(':activationId/hold')
  @HttpCode(200)
  @ResponseBody(VendorActivationView)
  async hold(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @IdParam('activationId') activationId: ActivationId,
    @Body({ schema: VendorReason }) { reason }: z.output<typeof VendorReason>,
  ): Promise<VendorActivationView> {
    return this.view(actor, id, await this.control.hold(actor, { campaignId: id, activationId }, reason));
  }

  /** What waited goes now, unless the partner holds it, too. */
  @Summary("Release one partner's activation that you have paused")
  @Allow('vendor-activations.control')
  @Post(':activationId/release')
  @HttpCode(200)
  @ResponseBody(VendorActivationView)
  async release(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @IdParam('activationId') activationId: ActivationId,
  ): Promise<VendorActivationView> {
    return this.view(actor, id, await this.control.release(actor, { campaignId: id, activationId }));
  }

  /** The partner reads the reason, and gets an e-mail. It can launch the campaign again. */
  @Summary("Stop one partner's activation for good")
  @Allow('vendor-activations.control')
  @Post(':activationId/stop')
  @HttpCode(200)
  @ResponseBody(VendorActivationView)
  async stop(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @IdParam('activationId') activationId: ActivationId,
    @Body({ schema: VendorReason }) { reason }: z.output<typeof VendorReason>,
  ): Promise<VendorActivationView> {
    return this.view(actor, id, await this.control.stop(actor, { campaignId: id, activationId }, reason));
  }

  private async view(actor: VendorActor, id: CampaignId, activation: Activation): Promise<VendorActivationView> {
    const [view] = await this.views(actor, id, [activation]);
    if (view === undefined) throw new Error('One activation has one view.');
    return view;
  }

  private async views(
    actor: VendorActor,
    id: CampaignId,
    found: readonly Activation[],
  ): Promise<VendorActivationView[]> {
    const { versions } = await this.library.campaign(actor, id);
    const { expiresOn } = await this.lifetimes.get(actor, id);
    const numbers = new Map(versions.map((version) => [version.id, version.number]));
    const partnerIds = found.map(({ partnerId }) => partnerId);
    const names = await this.organisations.byIds(actor, partnerIds);
    const missingConsents = await this.servers.missingOfPartners(actor, partnerIds);
    const now = this.clock.now();
    return found.map((activation) => {
      const { id: activationId, partnerId, versionId, launchedAt, plannedEndAt } = activation;
      const { status, heldReason, endedAt } = forVendor(activation, now, missingConsents.has(partnerId));
      return {
        id: activationId,
        partnerId,
        partnerName: names.get(partnerId)?.name ?? '',
        versionNumber: numbers.get(versionId) ?? 0,
        status,
        heldReason,
        launchedAt: launchedAt.toISOString(),
        plannedEndAt: plannedEndAt?.toISOString() ?? null,
        lastOn: lastDayOf(activation, expiresOn),
        endedAt: endedAt?.toISOString() ?? null,
        vendorAct: vendorActOf(activation),
      };
    });
  }
}

function vendorActOf(activation: Activation): VendorActivationView['vendorAct'] {
  const { vendorHeldBy, vendorHoldReason, vendorStoppedBy, vendorStopReason } = activation;
  if (vendorHeldBy !== null) return { kind: 'held', by: vendorHeldBy, reason: vendorHoldReason ?? '' };
  return vendorStoppedBy === null ? null : { kind: 'stopped', by: vendorStoppedBy, reason: vendorStopReason ?? '' };
}
