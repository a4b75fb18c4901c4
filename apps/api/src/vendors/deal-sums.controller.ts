import { Body, Controller, Get, Put, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { PartnerVendors, SetCountedDeals, TableForm, VendorDealSums } from '#contracts';
import { DealSums } from '#insight';
import { notFound, type PartnerActor, type VendorActor } from '#kernel';
import { CountedDeals } from '#organisations';
import { BrandProfiles } from '#brand';
import { Allow, CurrentPartner, CurrentVendor } from '../http/authority.js';
import { CsvTable, moneyCell } from '../http/csv-table.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';
import { PartnerVendorViews } from './partner-vendors.view.js';

/** Sums of won deals that name no partner, by consent. */
@ApiTags('insight')
@Controller('api/v1')
export class DealSumsController {
  constructor(
    private readonly sums: DealSums,
    private readonly choices: CountedDeals,
    private readonly views: PartnerVendorViews,
    private readonly profiles: BrandProfiles,
  ) {}

  /** Deals count that are decided from today on, in the partner's time zone. Sums that were made before stay. */
  @Summary('Let your won deals count in sums that a vendor sees without names, or stop it')
  @Put('counted-deals')
  @Allow('activations.launch')
  @ResponseBody(PartnerVendors)
  async set(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: SetCountedDeals }) { vendorId, isCounted }: z.output<typeof SetCountedDeals>,
  ): Promise<z.output<typeof PartnerVendors>> {
    if (!(await this.views.ids(actor)).includes(vendorId)) throw notFound('vendor', vendorId);
    await this.choices.set(actor, vendorId, isCounted, await this.profiles.today(actor));
    return this.views.list(actor);
  }

  /** Partners that show their totals with their name are in none of them. */
  @Summary('List what your partners won together, without names')
  @Get('vendor-insight/deal-sums')
  @Allow('vendor-insight.read')
  @ResponseBody(VendorDealSums)
  ofVendor(@CurrentVendor() actor: VendorActor): Promise<VendorDealSums> {
    return this.sums.forVendor(actor);
  }
  @Summary('Download what your partners won together as CSV, newest first')
  @CsvResponse()
  @Get('vendor-insight/deal-sums.csv')
  @Allow('vendor-insight.read')
  async ofVendorAsCsv(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): Promise<StreamableFile> {
    const { sums } = await this.sums.forVendor(actor);
    return new CsvTable(['to', 'partners', 'amount', 'currency'], language).file(
      sums.map((sum) => [sum.endsOn, sum.partners, moneyCell(sum), null]),
      'deal-sums.csv',
    );
  }
}
