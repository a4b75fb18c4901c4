import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Activations } from '#activations';
import { ActivationDetail, PostponementOutlook, PostponementPlan, PostponementRequest } from '#contracts';
import { Engagement } from '#engagement';
import type { ActivationId, PartnerActor } from '#kernel';
import { Postponements, StepRecords } from '#sequences';
import { ActivationViews } from './activations.view.js';
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
    private readonly activations: Activations,
    private readonly records: StepRecords,
    private readonly engagement: Engagement,
    private readonly views: ActivationViews,
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
    const activationId = id;
    await this.postponements.postpone(actor, activationId, body);
    return this.views.detail(
      actor,
      await this.activations.get(actor, activationId),
      await this.records.progress(actor, activationId),
      await this.engagement.humanClicks(actor, activationId),
    );
  }
}
