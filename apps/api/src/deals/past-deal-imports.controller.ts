import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { PageQuery, PastDealImportPage, UndoDealImport, UndoneDealImport } from '#contracts';
import type { PartnerActor } from '#kernel';
import { type DealImportId, DealImportUndos } from '#leads';
import { Allow, CurrentPartner } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { DealViews, pastImportView } from './deals.view.js';

/** Imports of deals that can be undone. */
@ApiTags('leads')
@Controller('api/v1/deal-imports')
export class PastDealImportsController {
  constructor(
    private readonly undos: DealImportUndos,
    private readonly views: DealViews,
  ) {}

  @Summary('List the imports that added or changed deals, newest first')
  @Allow('leads.read')
  @Get()
  @ResponseBody(PastDealImportPage)
  async list(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: PageQuery }) { limit, cursor }: z.output<typeof PageQuery>,
  ): Promise<z.output<typeof PastDealImportPage>> {
    const imports = await this.undos.list(actor, { limit, beforeId: idCursor(cursor) });
    return { items: imports.map(pastImportView), nextCursor: nextCursor(imports, limit, ({ id }) => id) };
  }

  /** Deals that were changed since stay, and are listed. */
  @Summary('Undo an import: withdraw the deals that it added, and restore those that it changed')
  @Allow('leads.edit')
  @Post(':id/undo')
  @HttpCode(200)
  @ResponseBody(UndoneDealImport)
  async undo(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: DealImportId,
    @Body({ schema: UndoDealImport }) { dryRun }: z.output<typeof UndoDealImport>,
  ): Promise<UndoneDealImport> {
    return this.views.undone(actor, await (dryRun ? this.undos.preview(actor, id) : this.undos.undo(actor, id)));
  }
}
