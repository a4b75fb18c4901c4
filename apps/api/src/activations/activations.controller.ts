import { Body, Controller, Get, Headers, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { qrSvg } from '#artwork';
import { ActivationControl, Activations, Launch } from '#activations';
import {
  ActivationDetail,
  Activations as ActivationsPage,
  ActivationsQuery,
  LaunchRequest,
  RunningProgress,
  RunningProgressQuery,
  StopRequest,
  type StricterLeadRule,
  withSource,
} from '#contracts';
import { type ActivationId, DomainError, type PartnerActor } from '#kernel';
import { StepRecords } from '#sequences';
import { Allow, CurrentPartner } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { ResponseBody, ResponseMedia, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { launchListsOf } from './launch-lists.js';
import { ActivationDetailViews } from './activation-details.view.js';
import { RunningProgressViews } from './running-progress.view.js';
import { ActivationViews } from './activations.view.js';

const isStricter = (rule: StricterLeadRule): boolean => Object.values(rule).some((part) => part !== null);

/** A partner's running campaigns. */
@Controller('api/v1')
export class ActivationsController {
  constructor(
    private readonly activations: Activations,
    private readonly control: ActivationControl,
    private readonly launching: Launch,
    private readonly records: StepRecords,
    private readonly views: ActivationViews,
    private readonly details: ActivationDetailViews,
    private readonly progress: RunningProgressViews,
  ) {}

  /** 201 for a new launch, 200 if this Idempotency-Key was used before. */
  @Summary(
    'Launch a campaign to contact lists, or open to new contacts only. Repeating the request with the same Idempotency-Key returns the same activation',
  )
  @Allow('activations.launch')
  @Post('activations')
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: '8 to 100 letters, digits, - or _. Repeating the request with the same key launches once.',
  })
  @ResponseBody(ActivationDetail, 201)
  async launch(
    @CurrentPartner() actor: PartnerActor,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: LaunchRequest }) body: z.output<typeof LaunchRequest>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.output<typeof ActivationDetail>> {
    if (key === undefined || !/^[\w-]{8,100}$/.test(key)) {
      throw new DomainError(
        'launch.key-missing',
        'The header Idempotency-Key is missing or invalid. Send 8 to 100 letters, digits, - or _, so that a repeated request launches once.',
        { field: 'Idempotency-Key' },
      );
    }
    const { id, created } = await this.launching.launch(actor, {
      versionId: body.versionId,
      lists: launchListsOf(body),
      startAt: body.startAt === undefined ? null : new Date(body.startAt),
      locale: body.locale ?? null,
      slots: body.slots,
      choices: body.choices,
      leadRule: isStricter(body.leadRule) ? body.leadRule : null,
      idempotencyKey: key,
    });
    response.status(created ? 201 : 200);
    return this.details.of(actor, id);
  }

  @Summary("List your organisation's activations, newest first")
  @Allow('activations.read')
  @Get('activations')
  @ResponseBody(ActivationsPage)
  async list(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: ActivationsQuery }) { limit, cursor, state }: z.output<typeof ActivationsQuery>,
  ): Promise<z.output<typeof ActivationsPage>> {
    const found = await this.activations.list(actor, { limit, beforeId: idCursor(cursor), state: state ?? null });
    return {
      items: await this.views.summaries(actor, found),
      nextCursor: nextCursor(found, limit, ({ id }) => id),
    };
  }

  /** As `GET /activations?state=running` lists them. */
  @Summary('Get how far your running activations are, newest first')
  @Allow('activations.read')
  @Get('activations/progress')
  @ResponseBody(RunningProgress)
  async runningProgress(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: RunningProgressQuery }) { limit }: z.output<typeof RunningProgressQuery>,
  ): Promise<RunningProgress> {
    return { items: await this.progress.of(actor, limit) };
  }

  @Summary('Get one activation with its results')
  @Allow('activations.read')
  @Get('activations/:id')
  @ResponseBody(ActivationDetail)
  async one(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
  ): Promise<z.output<typeof ActivationDetail>> {
    return this.details.of(actor, id);
  }

  @Summary('Get the QR code of an activation’s landing page')
  @Allow('activations.read')
  @Get('activations/:id/page-code.svg')
  @ResponseMedia('image/svg+xml')
  async pageCode(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @Res() response: Response,
  ): Promise<void> {
    const url = this.views.pageUrl(await this.activations.get(actor, id));
    const svg = await qrSvg(withSource(url, 'qr'));
    response.type('image/svg+xml').send(svg);
  }

  @Summary('Pause an activation: no further e-mails until it is resumed')
  @Allow('activations.control')
  @Post('activations/:id/hold')
  @HttpCode(200)
  @ResponseBody(ActivationDetail)
  async hold(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
  ): Promise<z.output<typeof ActivationDetail>> {
    await this.control.hold(actor, id);
    return this.details.of(actor, id);
  }

  @Summary('Resume a paused activation')
  @Allow('activations.control')
  @Post('activations/:id/resume')
  @HttpCode(200)
  @ResponseBody(ActivationDetail)
  async resume(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
  ): Promise<z.output<typeof ActivationDetail>> {
    await this.control.resume(actor, id);
    return this.details.of(actor, id);
  }

  @Summary('Stop an activation for good. With `onlyIfUnsent`, only while nothing has been sent (undoes a launch)')
  @Allow('activations.control')
  @Post('activations/:id/stop')
  @HttpCode(200)
  @ResponseBody(ActivationDetail)
  async stop(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @Body({ schema: StopRequest }) { onlyIfUnsent }: z.output<typeof StopRequest>,
  ): Promise<z.output<typeof ActivationDetail>> {
    await this.control.stop(actor, id, onlyIfUnsent ? this.records : null);
    return this.details.of(actor, id);
  }
}
