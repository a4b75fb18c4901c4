import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { firstDays, type Wave, WaveChanges, type WaveId, WavePlans, Waves } from '#activations';
import { ChangeWave, PauseWaves, PlanWave, type WaveView, WavesView } from '#contracts';
import { type CampaignId, Clock, type VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam, VersionNumber } from '../http/path-parameters.js';

/** The waves in which a published version is offered to more partners. */
@ApiTags('campaigns')
@Controller('api/v1/campaigns/:id/versions/:number/waves')
export class WavesController {
  constructor(
    private readonly plans: WavePlans,
    private readonly waves: Waves,
    private readonly changes: WaveChanges,
    private readonly clock: Clock,
  ) {}

  @Summary('List the waves in which a version opens')
  @Get()
  @Allow('programme.read')
  @ResponseBody(WavesView)
  async list(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') campaignId: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<WavesView> {
    const waves = await this.plans.list(actor, { campaignId, number });
    const days = firstDays(waves, this.clock.now());
    return { items: waves.map((wave) => waveView(wave, days.get(wave.id) ?? null)) };
  }

  /** The content stays as it is. Partners are told when their wave opens. */
  @Summary('Plan a wave: a published version is offered to more partners on a day')
  @Post()
  @HttpCode(200)
  @Allow('campaigns.publish')
  @ResponseBody(WavesView)
  async add(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') campaignId: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: PlanWave }) body: z.output<typeof PlanWave>,
  ): Promise<WavesView> {
    const { opensOn, partnerGroupIds: groupIds, sharePercent = null, allPartners: forEveryone } = body;
    const plan = {
      opensOn,
      groupIds,
      sharePercent,
      forEveryone,
      mostStoppedPartners: body.mostStoppedPartners ?? null,
      rateLimits: {
        bounced: body.mostPercent.bounced ?? null,
        complained: body.mostPercent.complained ?? null,
        unsubscribed: body.mostPercent.unsubscribed ?? null,
      },
    };
    await this.plans.add(actor, { campaignId, number }, plan);
    return this.list(actor, campaignId, number);
  }

  @Summary('Remove a wave that has not opened')
  @Delete(':waveId')
  @Allow('campaigns.publish')
  @ResponseBody(WavesView)
  async remove(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') campaignId: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @IdParam('waveId') waveId: WaveId,
  ): Promise<WavesView> {
    await this.plans.remove(actor, { campaignId, number }, waveId);
    return this.list(actor, campaignId, number);
  }

  /** Whatever its day and condition. */
  @Summary('Open a wave now')
  @Post(':waveId/open')
  @HttpCode(200)
  @Allow('campaigns.publish')
  @ResponseBody(WavesView)
  async open(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') campaignId: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @IdParam('waveId') waveId: WaveId,
  ): Promise<WavesView> {
    await this.waves.openNow(actor, campaignId, waveId);
    return this.list(actor, campaignId, number);
  }

  /** One that was kept shut is planned again. A larger share of one that has opened is offered at once. */
  @Summary('Move a wave that has not opened to another day, or widen its share')
  @Post(':waveId/plan')
  @HttpCode(200)
  @Allow('campaigns.publish')
  @ResponseBody(WavesView)
  async change(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') campaignId: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @IdParam('waveId') waveId: WaveId,
    @Body({ schema: ChangeWave }) { opensOn, sharePercent }: z.output<typeof ChangeWave>,
  ): Promise<WavesView> {
    await this.changes.change(actor, campaignId, waveId, {
      ...(opensOn !== undefined && { opensOn }),
      ...(sharePercent !== undefined && { sharePercent }),
    });
    return this.list(actor, campaignId, number);
  }

  /** Waves that have opened stay open. */
  @Summary('Pause the waves of a version that have not opened, or let them go on')
  @Post('pause')
  @HttpCode(200)
  @Allow('campaigns.publish')
  @ResponseBody(WavesView)
  async pause(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') campaignId: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: PauseWaves }) { isPaused }: z.output<typeof PauseWaves>,
  ): Promise<WavesView> {
    await this.plans.setPaused(actor, { campaignId, number }, isPaused);
    return this.list(actor, campaignId, number);
  }
}

const waveView = (wave: Wave, firstDay: string | null): WaveView => ({
  id: wave.id,
  opensOn: wave.opensOn,
  firstDay,
  partnerGroupIds: [...wave.groupIds],
  sharePercent: wave.sharePercent,
  allPartners: wave.forEveryone,
  mostStoppedPartners: wave.mostStoppedPartners,
  mostPercent: { ...wave.rateLimits },
  plannedBy: wave.plannedBy,
  state: stateOf(wave),
  openedAt: wave.openedAt?.toISOString() ?? null,
  shutAt: wave.shutAt?.toISOString() ?? null,
  stoppedPartners: wave.stoppedPartners,
  shutRate: wave.shutRate,
  shutCode: wave.shutCode,
});

function stateOf({ openedAt, shutAt, pausedAt }: Wave): WaveView['state'] {
  if (openedAt !== null) return 'opened';
  if (shutAt !== null) return 'shut';
  return pausedAt === null ? 'planned' : 'paused';
}
