import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { type UpdateProgress, type VersionUpdateId, VersionUpdates } from '#activations';
import { DecideUpdate, VersionUpdatesView, type VersionUpdateView } from '#contracts';
import type { CampaignId, VendorActor } from '#kernel';
import { type UpdateEstimate, UpdateEstimates } from '#sequences';
import { planView } from '../activations/updates.view.js';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam, VersionNumber } from '../http/path-parameters.js';

/** What becomes of running campaigns when a newer version is published. */
@ApiTags('campaigns')
@Controller('api/v1/campaigns/:id/versions/:number/update')
export class VersionUpdatesController {
  constructor(
    private readonly updates: VersionUpdates,
    private readonly estimates: UpdateEstimates,
  ) {}

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
    const contacts = await this.estimates.state(actor, { campaignId, number });
    return {
      plans: plans.map(({ number: of, partners, activations, ...plan }) => ({
        number: of,
        partners,
        activations,
        ...planView(plan),
      })),
      updates: updates.map(updateView),
      contacts: estimateView(contacts),
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
    const { mostStoppedPartners = null, mostUnsubscribedPercent, reason = null, ...decision } = body;
    const mostUnsubscribedPerMille =
      mostUnsubscribedPercent === undefined ? null : Math.round(10 * mostUnsubscribedPercent);
    const rules = { mostStoppedPartners, mostUnsubscribedPerMille };
    await this.updates.decide(actor, { campaignId, number }, { ...decision, ...rules, reason });
    return this.get(actor, campaignId, number);
  }

  /** It is ready at a full hour. A version has one in 30 days. */
  @Summary('Request an estimate of how many contacts of running campaigns have not finished')
  @Post('contacts')
  @HttpCode(200)
  @Allow('campaigns.publish')
  @ResponseBody(VersionUpdatesView)
  async estimate(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') campaignId: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<VersionUpdatesView> {
    await this.estimates.request(actor, { campaignId, number });
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

const estimateView = ({ newest, ...estimate }: UpdateEstimate): VersionUpdatesView['contacts'] => ({
  ...estimate,
  newest:
    newest === null
      ? null
      : { ...newest, requestedAt: newest.requestedAt.toISOString(), readyAt: newest.readyAt.toISOString() },
});

const updateView = ({ update, states, partners }: UpdateProgress): VersionUpdateView => ({
  id: update.id,
  choice: update.choice,
  shares: [...update.shares],
  daysBetween: update.daysBetween,
  mostStoppedPartners: update.mostStoppedPartners,
  mostUnsubscribedPercent: update.mostUnsubscribedPerMille === null ? null : update.mostUnsubscribedPerMille / 10,
  begun: update.begun,
  partners: { ...partners },
  heldAt: update.heldAt?.toISOString() ?? null,
  heldFor: update.heldFor,
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
