import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { type UpdateProgress, type VersionUpdateId, VersionUpdates } from '#activations';
import { DecideUpdate, VersionUpdatesView, type VersionUpdateView } from '#contracts';
import type { CampaignId, VendorActor } from '#kernel';
import { planView } from '../activations/updates.view.js';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam, VersionNumber } from '../http/path-parameters.js';

/** What becomes of running campaigns when a newer version is published. */
@ApiTags('campaigns')
@Controller('api/v1/campaigns/:id/versions/:number/update')
export class VersionUpdatesController {
  constructor(private readonly updates: VersionUpdates) {}

  @Summary('Get what a version changes of running campaigns, and what was decided about them')
  @Get()
  @Allow('programme.read')
  @ResponseBody(VersionUpdatesView)
  async get(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') campaignId: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<VersionUpdatesView> {
    const plans = await this.updates.plan(actor, { campaignId, number });
    const updates = await this.updates.list(actor, { campaignId, number });
    return {
      plans: plans.map(({ number: of, partners, activations, ...plan }) => ({
        number: of,
        partners,
        activations,
        ...planView(plan),
      })),
      updates: updates.map(updateView),
    };
  }

  /** Partners whose texts do not fit the version keep theirs until they decide. */
  @Summary('Decide what becomes of running campaigns: take them over, let them finish, or stop them')
  @Post()
  @HttpCode(200)
  @Allow('campaigns.publish')
  @ResponseBody(VersionUpdatesView)
  async decide(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') campaignId: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: DecideUpdate }) body: z.output<typeof DecideUpdate>,
  ): Promise<VersionUpdatesView> {
    const { mostStoppedPartners = null, reason = null, ...decision } = body;
    await this.updates.decide(actor, { campaignId, number }, { ...decision, mostStoppedPartners, reason });
    return this.get(actor, campaignId, number);
  }

  /** Updated campaigns return to what they were, with the texts of their partners. */
  @Summary('Roll an update back')
  @Post(':updateId/roll-back')
  @HttpCode(200)
  @Allow('campaigns.publish')
  @ResponseBody(VersionUpdatesView)
  async rollBack(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') campaignId: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @IdParam('updateId') updateId: VersionUpdateId,
  ): Promise<VersionUpdatesView> {
    await this.updates.rollBack(actor, { campaignId, number }, updateId);
    return this.get(actor, campaignId, number);
  }

  @Summary('Begin the next share of an update that its stop rule holds')
  @Post(':updateId/continue')
  @HttpCode(200)
  @Allow('campaigns.publish')
  @ResponseBody(VersionUpdatesView)
  async goOn(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') campaignId: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @IdParam('updateId') updateId: VersionUpdateId,
  ): Promise<VersionUpdatesView> {
    await this.updates.goOn(actor, { campaignId, number }, updateId);
    return this.get(actor, campaignId, number);
  }
}

const updateView = ({ update, states }: UpdateProgress): VersionUpdateView => ({
  id: update.id,
  choice: update.choice,
  shares: [...update.shares],
  daysBetween: update.daysBetween,
  mostStoppedPartners: update.mostStoppedPartners,
  begun: update.begun,
  heldAt: update.heldAt?.toISOString() ?? null,
  stoppedPartners: update.stoppedPartners,
  decidedBy: update.decidedBy,
  decidedAt: update.decidedAt.toISOString(),
  rolledBackBy: update.rolledBackBy,
  rolledBackAt: update.rolledBackAt?.toISOString() ?? null,
  states: {
    waiting: states.waiting ?? 0,
    asksPartner: states['asks-partner'] ?? 0,
    refused: states.refused ?? 0,
    done: states.done ?? 0,
    over: states.over ?? 0,
    returns: states.returns ?? 0,
    rolledBack: states['rolled-back'] ?? 0,
  },
});
