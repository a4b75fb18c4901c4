import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CampaignReview } from '#campaigns';
import { Reviewers } from '#contracts';
import type { VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** People of a vendor who may approve campaigns. */
@ApiTags('campaigns')
@Controller('api/v1/campaign-reviewers')
export class ReviewersController {
  constructor(private readonly review: CampaignReview) {}

  @Summary('List the people who may approve campaigns')
  @Get()
  @Allow('campaigns.read')
  @ResponseBody(Reviewers)
  async list(@CurrentVendor() actor: VendorActor): Promise<Reviewers> {
    return { items: (await this.review.approvers(actor)).map(({ id, name }) => ({ id, name })) };
  }
}
