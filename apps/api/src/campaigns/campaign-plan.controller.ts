import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CampaignPlan } from '#campaigns';
import { PlanQuery, PlanView } from '#contracts';
import { Clock, type VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** A vendor's campaigns in a calendar. */
@ApiTags('campaigns')
@Controller('api/v1/campaign-plan')
export class CampaignPlanController {
  constructor(
    private readonly plan: CampaignPlan,
    private readonly clock: Clock,
  ) {}

  /** Windows that touch these days, and all versions in work. */
  @Summary('List drafts, reviews and windows of your campaigns')
  @Get()
  @Allow('campaigns.read')
  @ResponseBody(PlanView)
  async list(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: PlanQuery }) { from, to }: z.output<typeof PlanQuery>,
  ): Promise<PlanView> {
    const found = await this.plan.between(actor, from, to);
    return {
      today: this.clock.now().toISOString().slice(0, 10),
      items: found.map((one) => ({ ...one, title: { ...one.title }, groups: [...one.groups] })),
    };
  }
}
