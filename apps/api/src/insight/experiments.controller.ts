import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { ActivationExperiments, PowerQuery, PowerView } from '#contracts';
import { smallestDifference } from '#experiments';
import { ActivationExperiments as ExperimentsOfActivation } from '#insight';
import type { ActivationId, PartnerActor } from '#kernel';
import { Allow, CurrentPartner, SignedIn } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';

/** Hold-outs and tests of campaigns, and what they could find. */
@ApiTags('insight')
@Controller('api/v1')
export class ExperimentsController {
  constructor(private readonly experiments: ExperimentsOfActivation) {}

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

  /** Of 100 comparisons of two groups, 80 find a rise of that size, and 5 find one where there is none. */
  @Summary('Compute the smallest difference that a hold-out or test of so many people can find')
  @SignedIn()
  @Get('experiment-power')
  @ResponseBody(PowerView)
  power(
    @Query({ schema: PowerQuery }) { people, percent, basePercent }: z.output<typeof PowerQuery>,
  ): z.output<typeof PowerView> {
    const other = Math.round((people * percent) / 100);
    return { smallest: smallestDifference({ one: people - other, other, baseRate: basePercent / 100 }) };
  }
}
