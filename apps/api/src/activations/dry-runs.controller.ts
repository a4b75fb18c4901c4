import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { SampleDryRuns } from '#campaigns';
import {
  DryRunQuery,
  DryRunRequest,
  DryRunView,
  ForecastContacts,
  LateView,
  PageQuery,
  ProgrammeDryRunView,
  SampleDryRunRequest,
  SampleDryRunView,
} from '#contracts';
import type { ActivationId, CampaignId, CampaignVersionId, Locale, PartnerActor, VendorActor } from '#kernel';
import { DateForecasts, DryRuns, type DryRunRequest as Plan, LateSteps, ProgrammeDryRuns } from '#sequences';
import { dryRunView, forecastContactView, programmeDryRunView, sampleDryRunView } from './dry-runs.view.js';
import { Allow, CurrentPartner, CurrentVendor } from '../http/authority.js';
import { idCursor } from '../http/cursor-page.js';
import { launchListsOf } from './launch-lists.js';
import { IdParam, VersionNumber } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/**
 * Simulations: which contact would receive what and when. They send nothing.
 * Only a forecast for a vendor is stored.
 */
@ApiTags('dry runs')
@Controller('api/v1')
export class DryRunsController {
  constructor(
    private readonly dryRuns: DryRuns,
    private readonly dates: DateForecasts,
    private readonly samples: SampleDryRuns,
    private readonly programmes: ProgrammeDryRuns,
    private readonly lateSteps: LateSteps,
  ) {}

  @Summary('Preview a launch to your lists: who receives what and when, and who does not and why')
  @Post('offers/:versionId/dry-run')
  @Allow('contacts.read')
  @HttpCode(200)
  @ResponseBody(DryRunView)
  async ofList(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
    @Query({ schema: DryRunQuery }) { waitSeconds }: z.output<typeof DryRunQuery>,
    @Body({ schema: DryRunRequest }) body: z.output<typeof DryRunRequest>,
  ): Promise<DryRunView> {
    const waitMs = waitSeconds === undefined ? Infinity : waitSeconds * 1_000;
    const forecast = await this.dryRuns.forecast(actor, planOf(versionId, body), waitMs);
    return dryRunView(forecast, await this.dates.of(actor, versionId, forecast.run));
  }

  @Summary('Preview a launch to your lists, contact by contact')
  @Post('offers/:versionId/dry-run/people')
  @Allow('contacts.read')
  @HttpCode(200)
  @ResponseBody(ForecastContacts)
  async people(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
    @Query({ schema: PageQuery }) { limit, cursor }: z.output<typeof PageQuery>,
    @Body({ schema: DryRunRequest }) body: z.output<typeof DryRunRequest>,
  ): Promise<z.output<typeof ForecastContacts>> {
    const afterId = idCursor(cursor);
    const found = await this.dryRuns.people(actor, planOf(versionId, body), { afterId, limit });
    const { items, nextId, asOf, isCurrent } = found;
    return { items: items.map(forecastContactView), nextCursor: nextId, asOf: asOf.toISOString(), isCurrent };
  }

  /**
   * For a user who is about to resume a held activation: what happens to
   * contacts whose next step is overdue.
   */
  @Summary('Show what resuming a paused activation does with contacts whose next step is overdue, by step')
  @Get('activations/:id/late')
  @Allow('activations.read')
  @ResponseBody(LateView)
  async late(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: ActivationId): Promise<LateView> {
    const steps = await this.lateSteps.preview(actor, id);
    return { steps: steps.map(({ laterFrom, ...step }) => ({ ...step, laterFrom: laterFrom?.toISOString() ?? null })) };
  }

  @Summary("Simulate a version's sequence with test contacts")
  @Post('campaigns/:id/versions/:number/dry-run')
  @Allow('campaigns.read')
  @HttpCode(200)
  @ResponseBody(SampleDryRunView)
  async ofSamples(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: SampleDryRunRequest }) { samples, startAt, entry }: z.output<typeof SampleDryRunRequest>,
  ): Promise<SampleDryRunView> {
    const contacts = samples.map(({ name, timeZone, arm, events, ...fields }) => ({
      name,
      timeZone,
      arm: arm ?? null,
      fields,
      events: events.map(({ name, ...event }) => ({ ...event, name: name ?? null })),
    }));
    const version = { campaignId: id, number };
    const start = { startAt: instantOf(startAt), entry: entry ?? null };
    return sampleDryRunView(await this.samples.simulate(actor, version, contacts, start));
  }

  @Summary('Show the forecast of a version with the contacts of all partners, and how many forecasts are left')
  @Get('campaigns/:id/versions/:number/programme-dry-run')
  @Allow('campaigns.read')
  @ResponseBody(ProgrammeDryRunView)
  async ofProgramme(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<ProgrammeDryRunView> {
    return programmeDryRunView(await this.programmes.state(actor, { campaignId: id, number }));
  }

  /**
   * The numbers are there at a full hour. Until then nothing tells how far the
   * work is: its duration would reveal the sizes of lists.
   */
  @Summary('Request a forecast of a version with the contacts of all partners; uses up one of 20 in 365 days')
  @Post('campaigns/:id/versions/:number/programme-dry-run')
  @Allow('campaigns.submit')
  @HttpCode(200)
  @ResponseBody(ProgrammeDryRunView)
  async requestForProgramme(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<ProgrammeDryRunView> {
    return programmeDryRunView(await this.programmes.request(actor, { campaignId: id, number }));
  }
}

const planOf = (
  versionId: CampaignVersionId,
  { startAt, locale, choices, ...named }: z.output<typeof DryRunRequest>,
): Plan => ({
  versionId,
  lists: launchListsOf(named),
  startAt: instantOf(startAt),
  locale: (locale as Locale | undefined) ?? null,
  choices,
});

const instantOf = (iso: string | undefined): Date | null => (iso === undefined ? null : new Date(iso));
