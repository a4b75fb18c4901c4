import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import {
  AcceptApplication,
  Applications as ApplicationsView,
  ApplicationsQuery,
  ApplicationView,
  RefuseApplication,
} from '#contracts';
import { type Application, type ApplicationId, Applications } from '#joining';
import type { VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';

/** Applications of companies, and the vendor's decisions. */
@Controller('api/v1/applications')
export class ApplicationsController {
  constructor(private readonly applications: Applications) {}

  @Summary('List companies that applied to become your partner')
  @Allow('programme.read')
  @Get()
  @ResponseBody(ApplicationsView)
  async list(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: ApplicationsQuery }) { limit, cursor, state }: z.output<typeof ApplicationsQuery>,
  ): Promise<ApplicationsView> {
    const page = { isDecided: state === 'decided', limit, beforeId: idCursor<ApplicationId>(cursor) };
    const found = await this.applications.list(actor, page);
    return {
      items: found.map(applicationView),
      nextCursor: nextCursor(found, limit, ({ id }) => id),
      waiting: await this.applications.countWaiting(actor),
    };
  }

  @Summary('Accept an application: the company gets an invitation')
  @Allow('partners.edit')
  @Post(':id/accept')
  @HttpCode(200)
  @ResponseBody(ApplicationView)
  async accept(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: ApplicationId,
    @Body({ schema: AcceptApplication }) body: z.output<typeof AcceptApplication>,
  ): Promise<ApplicationView> {
    return applicationView(await this.applications.accept(actor, id, body));
  }

  @Summary('Refuse an application: the applicant gets an e-mail')
  @Allow('partners.edit')
  @Post(':id/refuse')
  @HttpCode(200)
  @ResponseBody(ApplicationView)
  async refuse(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: ApplicationId,
    @Body({ schema: RefuseApplication }) { reason }: z.output<typeof RefuseApplication>,
  ): Promise<ApplicationView> {
    await this.applications.refuse(actor, id, reason ?? null);
    return applicationView(await this.applications.get(actor, id));
  }
}

function applicationView(application: Application): ApplicationView {
  const { locale, answers, confirmedAt, decidedAt, distributorId: _, ...rest } = application;
  return {
    ...rest,
    language: locale,
    answers: answers.map(({ question, answer }) => ({ question, answer })),
    confirmedAt: confirmedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}
