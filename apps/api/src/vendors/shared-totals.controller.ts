import { Body, Controller, Get, Put, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  OwnSharedTotals,
  PartnerTerms,
  PartnerTotalsPage,
  PartnerTotalsQuery,
  PartnerTotalsTableQuery,
  PartnerVendors,
  SetSharedTotals,
} from '#contracts';
import { checkTotalsDays, PartnerTotals, TOTALS_PARTNER_KEYS, type TotalsPartner } from '#insight';
import { notFound, type PartnerActor, type VendorActor } from '#kernel';
import { SharedTotals } from '#organisations';
import { Allow, CurrentPartner, CurrentVendor } from '../http/authority.js';
import { CsvTable } from '../http/csv-table.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';
import { wholeListPage } from '../http/whole-list.js';
import { PartnerVendorViews } from './partner-vendors.view.js';

const ORDER = {
  idOf: ({ membershipId }: TotalsPartner) => membershipId,
  keys: TOTALS_PARTNER_KEYS,
};

/** Exact totals that a partner shows to a vendor, by consent. */
@ApiTags('insight')
@Controller('api/v1')
export class SharedTotalsController {
  constructor(
    private readonly choices: SharedTotals,
    private readonly totals: PartnerTotals,
    private readonly views: PartnerVendorViews,
  ) {}

  @Summary('Get the totals that your vendors see if you show them, and who looked')
  @Get('shared-totals')
  @Allow('activations.read')
  @ResponseBody(OwnSharedTotals)
  async own(@CurrentPartner() actor: PartnerActor): Promise<OwnSharedTotals> {
    const items: OwnSharedTotals['items'] = [];
    for (const vendorId of await this.views.ids(actor)) {
      const { campaigns, readings } = await this.totals.own(actor, vendorId);
      items.push({ vendorId, campaigns, readings });
    }
    return { items };
  }

  /** In force from the vendor's next request on. */
  @Summary('Show a vendor your exact totals per campaign, or stop showing them')
  @Put('shared-totals')
  @Allow('activations.launch')
  @ResponseBody(PartnerVendors)
  async set(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: SetSharedTotals }) { vendorId, isShared, wording }: z.output<typeof SetSharedTotals>,
  ): Promise<z.output<typeof PartnerVendors>> {
    if (!(await this.views.ids(actor)).includes(vendorId)) throw notFound('vendor', vendorId);
    await this.choices.set(actor, vendorId, isShared, wording);
    return this.views.list(actor);
  }

  /**
   * Partners that show their totals see that you looked. Totals of chosen days are of partners that agreed to
   * show those.
   */
  @Summary('List your partners with the totals that they show you')
  @Get('vendor-insight/partners')
  @Allow('vendor-activations.read')
  @ResponseBody(PartnerTotalsPage)
  async ofPartners(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: PartnerTotalsQuery }) query: z.output<typeof PartnerTotalsQuery>,
  ): Promise<PartnerTotalsPage> {
    checkTotalsDays(query);
    const { items, nextCursor } = wholeListPage(await this.totals.partners(actor, query), query, ORDER);
    const lines = await this.totals.forVendor(actor, items, query);
    return {
      items: lines.map(({ partnerId, name, shown, sharedAt, campaigns }) => ({
        partnerId,
        name,
        shown,
        sharedAt: sharedAt?.toISOString() ?? null,
        campaigns: campaigns === null ? null : [...campaigns],
      })),
      nextCursor,
    };
  }

  /**
   * A row per partner and campaign. Partners that do not show their totals have
   * one row in which numbers are `not-shown`.
   */
  @Summary('Download the totals that your partners show you as CSV, in the order of the list')
  @CsvResponse()
  @Get('vendor-insight/partners.csv')
  @Allow('vendor-activations.read')
  async csv(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: PartnerTotalsTableQuery })
    { language, ...asked }: z.output<typeof PartnerTotalsTableQuery>,
  ): Promise<StreamableFile> {
    const { columns, rows } = await this.totals.table(actor, asked, language ?? 'en');
    return new CsvTable(columns, language).file(rows, 'partners.csv');
  }

  @Summary('Get what partners must agree to when they join')
  @Get('partner-terms')
  @Allow('partners.read')
  @ResponseBody(PartnerTerms)
  async terms(@CurrentVendor() actor: VendorActor): Promise<z.output<typeof PartnerTerms>> {
    return { requiresTotals: await this.choices.isRequired(actor, actor.vendorId) };
  }

  /** Partners that have joined already keep their choice. */
  @Summary('Set what partners must agree to when they join')
  @Put('partner-terms')
  @Allow('partners.edit')
  @ResponseBody(PartnerTerms)
  async setTerms(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: PartnerTerms }) { requiresTotals }: z.output<typeof PartnerTerms>,
  ): Promise<z.output<typeof PartnerTerms>> {
    await this.choices.setRequired(actor, requiresTotals);
    return { requiresTotals };
  }
}
