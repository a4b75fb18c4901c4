import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  PartnerStanding,
  PartnerStandingQuery,
  PartnerStandings,
  PARTNER_STEPS,
  PartnerStandingTableQuery,
  ProgrammeActivity,
  TableForm,
} from '#contracts';
import { ProgrammeActivities, standingTable } from '#insight';
import type { PartnerId, VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { CsvTable } from '../http/csv-table.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { sortedRows, wholeListPage } from '../http/whole-list.js';

const ORDER = {
  idOf: ({ partnerId }: PartnerStanding) => partnerId,
  keys: {
    partner: ({ name }: PartnerStanding) => name,
    partnerStep: ({ step }: PartnerStanding) => PARTNER_STEPS.indexOf(step),
    score: ({ score }: PartnerStanding) => score,
  },
};

/** What a vendor's partners do: participation, funnel and engagement. */
@ApiTags('insight')
@Controller('api/v1/programme-activity')
export class ProgrammeActivityController {
  constructor(private readonly activities: ProgrammeActivities) {}

  /** A channel manager gets their own partners. */
  @Summary('Get how many partners take part by week and quarter, and how far they have come')
  @Allow('vendor-activations.read')
  @Get()
  @ResponseBody(ProgrammeActivity)
  overview(@CurrentVendor() actor: VendorActor): Promise<ProgrammeActivity> {
    return this.activities.overview(actor);
  }

  /** The score explains itself: points of each part, what was counted, and what one more would add. */
  @Summary('List your partners with their step and engagement score')
  @Allow('vendor-activations.read')
  @Get('partners')
  @ResponseBody(PartnerStandings)
  async partners(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: PartnerStandingQuery }) query: z.output<typeof PartnerStandingQuery>,
  ): Promise<z.output<typeof PartnerStandings>> {
    const { items, nextCursor } = wholeListPage(await this.activities.standings(actor, query), query, ORDER);
    return { items: [...items], nextCursor };
  }

  @Summary('Get the step and engagement score of a partner')
  @Allow('vendor-activations.read')
  @Get('partners/:id')
  @ResponseBody(PartnerStanding)
  partner(@CurrentVendor() actor: VendorActor, @IdParam('id') id: PartnerId): Promise<PartnerStanding> {
    return this.activities.standingOf(actor, id);
  }

  @Summary('Download step and engagement score of your partners as CSV, in the order of the list')
  @CsvResponse()
  @Allow('vendor-activations.read')
  @Get('partners.csv')
  async partnersAsCsv(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: PartnerStandingTableQuery }) {
      language,
      sort,
      ...filter
    }: z.output<typeof PartnerStandingTableQuery>,
  ): Promise<StreamableFile> {
    const { columns, rows } = standingTable(sortedRows(await this.activities.standings(actor, filter), sort, ORDER));
    return new CsvTable(columns, language).file(rows, 'partners.csv');
  }

  /** A row per week and quarter. */
  @Summary('Download participation by week and quarter as CSV')
  @CsvResponse()
  @Allow('vendor-activations.read')
  @Get('participation.csv')
  async participationAsCsv(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): Promise<StreamableFile> {
    const { weeks, quarters } = await this.activities.overview(actor);
    return new CsvTable(['from', 'to', 'inProgramme', 'tookPart', 'rate'], language).file(
      [...weeks, ...quarters].map(({ from, to, partners, tookPart }) => [
        from,
        to,
        partners,
        tookPart,
        partners === 0 ? null : Math.round((tookPart / partners) * 1000) / 1000,
      ]),
      'participation.csv',
    );
  }

  @Summary('Download how many of your partners have come to each step as CSV')
  @CsvResponse()
  @Allow('vendor-activations.read')
  @Get('funnel.csv')
  async funnelAsCsv(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): Promise<StreamableFile> {
    const { funnel } = await this.activities.overview(actor);
    return new CsvTable(['partnerStep', 'reached', 'standing'], language).file(
      funnel.map(({ step, reached, standing }) => [step, reached, standing]),
      'funnel.csv',
    );
  }
}
