import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { ActivationDates, Activations, closedDaysOf, OfferDates, Offers, type PlannedDates } from '#activations';
import { DatesRequest, DatesView } from '#contracts';
import type { ActivationId, CampaignVersionId, PartnerActor } from '#kernel';
import { reasonSentence, StepRecords } from '#sequences';
import { rightsOf } from '#sequencing';
import { Allow, CurrentPartner } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';
import { goalViews, testTimesOf } from '../campaigns/sequence.view.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/**
 * Dates of the steps, before and after a launch. They are computed without
 * contacts, which is fast.
 */
@Controller('api/v1')
export class DatesController {
  constructor(
    private readonly offers: Offers,
    private readonly offerDates: OfferDates,
    private readonly activations: Activations,
    private readonly dates: ActivationDates,
    private readonly records: StepRecords,
  ) {}

  @Summary('Show the date of each step for a set of choices, and which choices the partner may make')
  @Allow('offers.read')
  @Post('offers/:versionId/dates')
  @HttpCode(200)
  @ResponseBody(DatesView)
  async ofOffer(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
    @Body({ schema: DatesRequest }) { startAt, choices }: z.output<typeof DatesRequest>,
  ): Promise<DatesView> {
    const offer = await this.offers.one(actor, versionId);
    const start = startAt === undefined ? null : new Date(startAt);
    return view(await this.offerDates.dates(actor, offer, start, choices), null);
  }

  @Summary('Show the date of each step of an activation, the choices made at launch, and its goals')
  @Allow('activations.read')
  @Get('activations/:id/dates')
  @ResponseBody(DatesView)
  async ofActivation(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: ActivationId): Promise<DatesView> {
    const activation = await this.activations.get(actor, id);
    const reached = await this.records.goals(actor, activation.id);
    return view(await this.dates.dates(actor, activation), reached);
  }
}

function view(dates: PlannedDates, reached: Map<string, number> | null): DatesView {
  const { startAt, timeZone, choices, sequence, steps } = dates;
  const { shiftDays, skip, blackouts, withoutHoldOut } = choices;
  return {
    startAt: startAt.toISOString(),
    timeZone,
    steps: steps.map(({ step, at, plannedAt, skip: why }) => ({
      stepKey: step.key,
      kind: step.kind,
      at: why === null ? (at?.toISOString() ?? null) : null,
      plannedAt: plannedAt?.toISOString() ?? null,
      why: why === null ? null : { reason: why, sentence: reasonSentence(why) },
      partnerMay: [...rightsOf(sequence, step)],
      testTimes: testTimesOf(step),
    })),
    closed: closedDaysOf(dates).map(({ countries, ...days }) => ({ ...days, countries: [...countries] })),
    choices: {
      shiftDays: { ...shiftDays },
      skip: [...skip],
      blackouts: blackouts.map(({ from, to }) => ({ from, to })),
      ...(withoutHoldOut === undefined ? {} : { withoutHoldOut }),
    },
    goals: goalViews(sequence.goals, reached),
  };
}
