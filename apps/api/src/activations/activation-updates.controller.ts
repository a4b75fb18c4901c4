import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ActivationUpdates, PastUpdates } from '#activations';
import { ActivationUpdateView, AnswerUpdate, UpdatePreview } from '#contracts';
import type { ActivationId, PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { activationUpdateView, pastUpdateView } from './updates.view.js';

const EmailKey = z.string().min(1).max(80);

/** Updates of a running campaign to a newer version. */
@ApiTags('activations')
@Controller('api/v1/activations/:id/update')
export class ActivationUpdatesController {
  constructor(
    private readonly updates: ActivationUpdates,
    private readonly past: PastUpdates,
  ) {}

  @Summary('Get what the vendor’s update changes of a running campaign and asks for, or what the newest one changed')
  @Get()
  @Allow('activations.read')
  @ResponseBody(ActivationUpdateView)
  async get(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: ActivationId): Promise<ActivationUpdateView> {
    const found = await this.updates.find(actor, id);
    const past = await this.past.find(actor, id);
    return {
      update: found === null ? null : activationUpdateView(found),
      past: past === null ? null : pastUpdateView(past),
    };
  }

  @Summary('Show an e-mail of a running campaign before and after the update, with texts that are not stored')
  @Post('emails/:key')
  @HttpCode(200)
  @Allow('activations.read')
  @ResponseBody(UpdatePreview)
  async preview(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @Param('key', { schema: EmailKey }) key: string,
    @Body({ schema: AnswerUpdate }) { answers }: z.output<typeof AnswerUpdate>,
  ): Promise<UpdatePreview> {
    const { before, after } = await this.updates.preview(actor, id, key, answers);
    return { before: shown(before), after: shown(after) };
  }

  /** The update follows within seconds. */
  @Summary('Decide on the texts that an update asks for')
  @Post('answers')
  @HttpCode(200)
  @Allow('activations.launch')
  @ResponseBody(ActivationUpdateView)
  async answer(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @Body({ schema: AnswerUpdate }) { answers }: z.output<typeof AnswerUpdate>,
  ): Promise<ActivationUpdateView> {
    await this.updates.answer(actor, id, answers);
    return this.get(actor, id);
  }
}

const shown = (email: { readonly subject: string; readonly html: string } | null): UpdatePreview['before'] =>
  email === null ? null : { subject: email.subject, html: email.html };
