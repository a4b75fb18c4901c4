import { Body, Controller, Get, HttpCode, Post, Query, UploadedFile, UseInterceptors } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { MAX_TABLE_BYTES, readTable } from '#contacts';
import {
  DealImportOptions,
  DealImportView,
  ImportDeals,
  PageQuery,
  PastDealImportPage,
  UndoDealImport,
  UndoneDealImport,
} from '#contracts';
import { DomainError, type PartnerActor } from '#kernel';
import { type DealImportId, DealImports, DealImportUndos, type ImportedDeal } from '#leads';
import { Allow, CurrentPartner } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { ResponseBody, Summary, UploadField } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { oneUpload, type Upload } from '../http/uploads.js';
import { dealsOfTable, type TableOfDeals } from './deal-import-rows.js';
import { dealImportView, DealViews, pastImportView } from './deals.view.js';

/** One byte more than allowed, so that the lib refuses the file with an error that says what to do. */
const oneFile = oneUpload('file', { fileSize: MAX_TABLE_BYTES + 1, fields: 2 });

/** Adds and changes many deals at once, from a file or from a CRM, and undoes it. */
@ApiTags('leads')
@Controller('api/v1')
export class DealImportsController {
  constructor(
    private readonly imports: DealImports,
    private readonly undos: DealImportUndos,
    private readonly views: DealViews,
  ) {}

  @Summary('Preview what a file of deals would add and change. Saves nothing')
  @UploadField('file')
  @Post('deals/import/preview')
  @HttpCode(200)
  @Allow('leads.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ResponseBody(DealImportView)
  async preview(
    @CurrentPartner() actor: PartnerActor,
    @UploadedFile() file: Upload | undefined,
  ): Promise<DealImportView> {
    const { rows, ignoredColumns } = await tableOf(file);
    return dealImportView(await this.imports.preview(actor, rows), ignoredColumns);
  }

  /** Refused rows are left out. */
  @Summary('Add and update deals from a file, by your own number of each. Importing it again changes nothing')
  @UploadField('file')
  @Post('deals/import')
  @HttpCode(200)
  @Allow('leads.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ResponseBody(DealImportView)
  async apply(
    @CurrentPartner() actor: PartnerActor,
    @UploadedFile() file: Upload | undefined,
    @Body({ schema: DealImportOptions }) { basedOn }: z.output<typeof DealImportOptions>,
  ): Promise<DealImportView> {
    const { rows, ignoredColumns } = await tableOf(file);
    return dealImportView(await this.imports.apply(actor, rows, basedOn ?? null), ignoredColumns);
  }

  @Summary('Add and update deals by their external id. The same request again changes nothing')
  @Post('deals/upsert')
  @HttpCode(200)
  @Allow('leads.edit')
  @ResponseBody(DealImportView)
  async upsert(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: ImportDeals }) { dryRun, basedOn, deals }: z.output<typeof ImportDeals>,
  ): Promise<DealImportView> {
    const rows = deals.map(({ externalId, email, ...change }, at): ImportedDeal => ({
      line: at + 1,
      externalId,
      email: email ?? null,
      change,
      faults: [],
    }));
    const done = dryRun
      ? await this.imports.preview(actor, rows)
      : await this.imports.apply(actor, rows, basedOn ?? null, 'program');
    return dealImportView(done, []);
  }

  @Summary('List the imports that added or changed deals, newest first')
  @Allow('leads.read')
  @Get('deal-imports')
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
  @Post('deal-imports/:id/undo')
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

async function tableOf(file: Upload | undefined): Promise<TableOfDeals> {
  if (file === undefined)
    throw new DomainError('import.file-missing', 'Send the list as the form field "file".', { field: 'file' });
  return dealsOfTable(await readTable(file.buffer));
}
