import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Activations, forVendor, VendorServers } from '#activations';
import { CampaignLibrary } from '#campaigns';
import { PageQuery, VendorActivations } from '#contracts';
import { type CampaignId, Clock, type VendorActor } from '#kernel';
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
    private readonly library: CampaignLibrary,
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
    const { versions } = await this.library.campaign(actor, id);
    const numbers = new Map(versions.map((version) => [version.id, version.number]));
    const found = await this.activations.ofCampaign(actor, id, {
      limit: query.limit,
      beforeId: idCursor(query.cursor),
    });
    const partnerIds = found.map(({ partnerId }) => partnerId);
    const names = await this.organisations.byIds(actor, partnerIds);
    const missingConsents = await this.servers.missingOfPartners(actor, partnerIds);
    const now = this.clock.now();
    const items = found.map((activation) => {
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
        endedAt: endedAt?.toISOString() ?? null,
      };
    });
    return { items, nextCursor: nextCursor(found, query.limit, ({ id }) => id) };
  }
}
