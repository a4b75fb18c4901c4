import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Suppression, Suppressions } from '#contacts';
import { NewSuppression, type Suppression as SuppressionAnswer, SuppressionPage, SuppressionQuery } from '#contracts';
import type { PartnerActor, SuppressionId } from '#kernel';
import { Answers } from '../http/api-response.js';
import { Allow, CurrentPartner } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { IdParam, Uuid } from '../http/path-parameters.js';

@ApiTags('contacts')
@Controller('api/v1/suppressions')
export class SuppressionsController {
  constructor(private readonly suppressions: Suppressions) {}

  @Get()
  @Allow('contacts.read')
  @Answers(SuppressionPage)
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

  @Post()
  @Allow('contacts.edit')
  @Answers(z.object({ id: Uuid }), 201)
  async add(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: NewSuppression }) body: z.output<typeof NewSuppression>,
  ): Promise<{ id: string }> {
    return { id: await this.suppressions.add(actor, { ...body, scope: 'partner', source: 'staff' }) };
  }

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
