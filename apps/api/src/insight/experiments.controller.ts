import { Body, Controller, Get, Param, Put, Query, type StreamableFile } from '@nestjs/common';
import { TestWinners } from '#campaigns';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  ActivationExperiments,
  ApplyTestWinner,
  PowerQuery,
  PowerView,
  TableForm,
  VendorExperiments,
} from '#contracts';
import {
  ActivationExperiments as ExperimentsOfActivation,
  smallestPlanned,
  VendorExperiments as ExperimentsOfVendor,
} from '#insight';
import type { ActivationId, CampaignId, PartnerActor, VendorActor } from '#kernel';
import { Allow, CurrentPartner, CurrentVendor, AllowBothSides } from '../http/authority.js';
import { CsvTable } from '../http/csv-table.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';
import { IdParam, VersionNumber } from '../http/path-parameters.js';
import { PARTNER_COLUMNS, partnerRows, VENDOR_COLUMNS, vendorRows } from './experiment-tables.js';

/** Hold-outs and tests of campaigns, and what they could find. */
@ApiTags('insight')
@Controller('api/v1')
export class ExperimentsController {
  constructor(
    private readonly experiments: ExperimentsOfActivation,
    private readonly ofVendor: ExperimentsOfVendor,
    private readonly winners: TestWinners,
  ) {}

  @Summary('Get what the hold-out and the test of an activation show: groups, difference and interval')
  @Allow('activations.read')
  @Get('activations/:id/experiments')
  @ResponseBody(ActivationExperiments)
  ofActivation(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
  ): Promise<z.output<typeof ActivationExperiments>> {
    return this.experiments.of(actor, id);
  }

  /** A row per group. */
  @Summary('Download what the hold-out and the test of an activation show as CSV')
  @CsvResponse()
  @Allow('activations.read')
  @Get('activations/:id/experiments.csv')
  async ofActivationAsCsv(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): Promise<StreamableFile> {
    const rows = partnerRows(await this.experiments.of(actor, id));
    return new CsvTable(PARTNER_COLUMNS, language).file(rows, 'experiments.csv');
  }

  @Summary('Get what the hold-outs and the test of a campaign show over all partners')
  @Allow('vendor-insight.read')
  @Get('campaigns/:id/experiments')
  @ResponseBody(VendorExperiments)
  ofCampaign(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
  ): Promise<z.output<typeof VendorExperiments>> {
    return this.ofVendor.of(actor, id);
  }

  /** A row per group. A number that is too small to tell is `withheld`, one that is not there yet `not-released`. */
  @Summary('Download what the hold-outs and the test of a campaign show over all partners as CSV')
  @CsvResponse()
  @Allow('vendor-insight.read')
  @Get('campaigns/:id/experiments.csv')
  async ofCampaignAsCsv(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): Promise<StreamableFile> {
    const rows = vendorRows(await this.ofVendor.of(actor, id));
    return new CsvTable(VENDOR_COLUMNS, language).file(rows, 'experiments.csv');
  }

  /** Contacts that entered before keep what was drawn for them. */
  @Summary('Apply an e-mail or time of a test: contacts that enter from now on get it. With null the test goes on')
  @Allow('campaigns.publish')
  @Put('campaigns/:id/versions/:number/test-winner')
  @ResponseBody(ApplyTestWinner)
  async applyWinner(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: ApplyTestWinner }) { arm }: z.output<typeof ApplyTestWinner>,
  ): Promise<z.output<typeof ApplyTestWinner>> {
    await this.winners.apply(actor, { campaignId: id, number }, arm);
    return { arm };
  }

  /**
   * Of 100 results, 80 find a rise of that size, by the rule that decides: a fixed day and the number of comparisons
   * for one activation; an interval that may be read each day for hold-outs of all partners; that with the noise of
   * released numbers for tests over all partners, read once after all releases.
   */
  @Summary('Compute the smallest difference that a hold-out or test of so many people can find')
  @AllowBothSides({ vendor: 'campaigns.read', partner: 'activations.read' })
  @Get('experiment-power')
  @ResponseBody(PowerView)
  power(@Query({ schema: PowerQuery }) query: z.output<typeof PowerQuery>): z.output<typeof PowerView> {
    return { smallest: smallestPlanned(query) };
  }
}
