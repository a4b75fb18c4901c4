import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { TimelineMarks as Marks } from '#activations';
import { TimelineMarks, TimelineMarksQuery } from '#contracts';
import type { CampaignId, PartnerActor, VendorActor } from '#kernel';
import { Allow, CurrentPartner, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';

type Query = z.output<typeof TimelineMarksQuery>;

/** Marks on charts over time, for both sides. */
@ApiTags('insight')
@Controller('api/v1')
export class TimelineMarksController {
  constructor(private readonly marks: Marks) {}

  @Summary('List your launches, updates and recalls in a period, for charts')
  @Allow('activations.read')
  @Get('insight/marks')
  @ResponseBody(TimelineMarks)
  async ofPartner(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: TimelineMarksQuery }) query: Query,
  ): Promise<TimelineMarks> {
    return marksView(await this.marks.ofPartner(actor, windowOf(query)));
  }

  @Summary('List publications, launches by week, updates and recalls of your campaigns in a period, for charts')
  @Allow('vendor-insight.read')
  @Get('vendor-insight/marks')
  @ResponseBody(TimelineMarks)
  async ofVendor(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: TimelineMarksQuery }) query: Query,
  ): Promise<TimelineMarks> {
    return marksView(await this.marks.ofVendor(actor, windowOf(query)));
  }
}

const windowOf = ({ from, to, campaign }: Query) => ({
  from,
  to,
  campaignId: (campaign ?? null) as CampaignId | null,
});

const marksView = ({ marks, leftOut }: Awaited<ReturnType<Marks['ofVendor']>>): TimelineMarks => ({
  leftOut,
  items: marks.map(({ titles, ...mark }) => ({ ...mark, title: { ...titles } })),
});
