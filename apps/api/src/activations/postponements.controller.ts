import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ActivationDetail, PostponementOutlook, PostponementPlan, PostponementRequest } from '#contracts';
import type { ActivationId, PartnerActor } from '#kernel';
import { Postponements } from '#sequences';
import { ActivationDetailViews } from './activation-details.view.js';
import { Allow, CurrentPartner } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';
import { postponementView } from './postponements.view.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** Postpones all remaining steps of an activation. */
@ApiTags('activations')
@Controller('api/v1/activations/:id/postponements')
export class PostponementsController {
  constructor(
    private readonly postponements: Postponements,
    private readonly details: ActivationDetailViews,
  ) {}

  /**
   * The dates that would move, the contacts who would skip a step, and the end
   * of the pause. Changes nothing.
   */
  @Summary('Preview a postponement: the dates that would move and the contacts who would skip a step. Changes nothing')
  @Post('outlook')
  @Allow('activations.read')
  @HttpCode(200)
  @ResponseBody(PostponementOutlook)
  async outlook(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @Body({ schema: PostponementPlan }) { days }: z.output<typeof PostponementPlan>,
  ): Promise<PostponementOutlook> {
    return postponementView(await this.postponements.preview(actor, id, days));
  }

  /**
   * Every waiting contact waits that many days longer. The activation stays
   * active or paused as it was.
   */
  @Summary('Postpone the remaining steps of an activation by a number of days. Repeating the request changes nothing')
  @Post()
  @Allow('activations.control')
  @HttpCode(200)
  @ResponseBody(ActivationDetail)
  async postpone(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @Body({ schema: PostponementRequest }) body: z.output<typeof PostponementRequest>,
  ): Promise<ActivationDetail> {
    await this.postponements.postpone(actor, id, body);
    return this.details.of(actor, id);
  }
}
