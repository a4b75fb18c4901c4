import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Suppression, Suppressions } from '#contacts';
import { NewSuppression, type Suppression as SuppressionAnswer, SuppressionPage, SuppressionQuery } from '#contracts';
import type { PartnerActor, SuppressionId } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { IdParam, Uuid } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';

@ApiTags('contacts')
@Controller('api/v1/suppressions')
export class SuppressionsController {
  constructor(private readonly suppressions: Suppressions) {}

  @Summary('List your do-not-mail list')
  @Get()
  @Allow('contacts.read')
  @ResponseBody(SuppressionPage)
  async page(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: SuppressionQuery }) query: z.output<typeof SuppressionQuery>,
  ): Promise<z.input<typeof SuppressionPage>> {
    const found = await this.suppressions.page(actor, {
      limit: query.limit,
      beforeId: idCursor(query.cursor),
      ...(query.q === undefined ? {} : { search: query.q }),
    });
    return {
      items: found.map(suppressionView),
      nextCursor: nextCursor(found, query.limit, ({ id }) => id),
    };
  }

  @Summary('Add an address to your do-not-mail list')
  @Post()
  @Allow('contacts.edit')
  @ResponseBody(z.object({ id: Uuid }), 201)
  async add(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: NewSuppression }) body: z.output<typeof NewSuppression>,
  ): Promise<{ id: string }> {
    return { id: await this.suppressions.add(actor, { ...body, scope: 'partner', source: 'staff' }) };
  }

  @Summary('Remove an address from your do-not-mail list')
  @Delete(':id')
  @HttpCode(204)
  @Allow('contacts.edit')
  @ApiNoContentResponse()
  async remove(@CurrentPartner() actor: PartnerActor, @IdParam('id') suppressionId: SuppressionId): Promise<void> {
    await this.suppressions.remove(actor, suppressionId);
  }
}

function suppressionView(suppression: Suppression): SuppressionAnswer {
  return {
    id: suppression.id,
    email: suppression.email,
    reason: suppression.reason,
    source: suppression.source,
    mayRemove: suppression.source === 'staff',
    suppressedAt: suppression.suppressedAt.toISOString(),
  };
}
