import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { WaitingWork } from '#contracts';
import type { VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { CampaignDecisions } from './campaign-decisions.service.js';
import { PartnerDecisions } from './partner-decisions.service.js';

/** What waits for a person of a vendor. */
@ApiTags('campaigns')
@Controller('api/v1/waiting-work')
export class WaitingWorkController {
  constructor(
    private readonly campaigns: CampaignDecisions,
    private readonly partners: PartnerDecisions,
  ) {}

  @Summary(
    'List what waits for you: versions, translations, updates, recalls, tests, applications, tiers, terms and leads',
  )
  @Get()
  @Allow('campaigns.read')
  @ResponseBody(WaitingWork)
  async list(@CurrentVendor() actor: VendorActor): Promise<WaitingWork> {
    return { ...(await this.campaigns.list(actor)), ...(await this.partners.list(actor)) };
  }
}
