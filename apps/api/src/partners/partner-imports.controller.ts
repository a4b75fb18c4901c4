import { Body, Controller, HttpCode, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { MAX_TABLE_BYTES, readTable } from '#contacts';
import { ImportPartners, PartnerImportOptions, PartnerImportView } from '#contracts';
import { PartnerImports, type PlannedImport } from '#identity';
import { DomainError, type PartnerAttributeId, type VendorActor } from '#kernel';
import { type ImportedPartner, PartnerAttributes, type PlannedRow } from '#organisations';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary, UploadField } from '../http/openapi.js';
import { oneUpload, type Upload } from '../http/uploads.js';
import { partnersOfTable, type TableOfPartners } from './partner-import-rows.js';

/** One byte more than allowed, so that the lib refuses the file with an error that says what to do. */
const oneFile = oneUpload('file', { fileSize: MAX_TABLE_BYTES + 1, fields: 2 });

/** Adds and changes many partners at once, from a file or from a program. */
@ApiTags('partners')
@Controller('api/v1/partners')
export class PartnerImportsController {
  constructor(
    private readonly imports: PartnerImports,
    private readonly attributes: PartnerAttributes,
  ) {}

  @Summary('Preview what a file of partners would add and change. Saves nothing')
  @UploadField('file')
  @Post('import/preview')
  @HttpCode(200)
  @Allow('partners.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ResponseBody(PartnerImportView)
  async preview(
    @CurrentVendor() actor: VendorActor,
    @UploadedFile() file: Upload | undefined,
  ): Promise<PartnerImportView> {
    const table = await this.tableOf(actor, file);
    return importView(await this.imports.preview(actor, table.rows), table.ignoredColumns);
  }

  /** Refused rows are left out. New partners get their invitation within a minute, 20 a day at first. */
  @Summary('Add and update partners from a file. Importing it again changes nothing and invites no partner twice')
  @UploadField('file')
  @Post('import')
  @HttpCode(200)
  @Allow('partners.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ResponseBody(PartnerImportView)
  async apply(
    @CurrentVendor() actor: VendorActor,
    @UploadedFile() file: Upload | undefined,
    @Body({ schema: PartnerImportOptions }) { basedOn }: z.output<typeof PartnerImportOptions>,
  ): Promise<PartnerImportView> {
    const table = await this.tableOf(actor, file);
    return importView(await this.imports.apply(actor, table.rows, basedOn ?? null), table.ignoredColumns);
  }

  @Summary('Add and update partners by their external id. The same request again changes nothing')
  @Post('upsert')
  @HttpCode(200)
  @Allow('partners.edit')
  @ResponseBody(PartnerImportView)
  async upsert(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: ImportPartners }) { dryRun, basedOn, partners }: z.output<typeof ImportPartners>,
  ): Promise<PartnerImportView> {
    const rows = partners.map(({ attributes, ...partner }, at): ImportedPartner => ({
      ...partner,
      line: at + 1,
      attributes: new Map(
        Object.entries(attributes) as [PartnerAttributeId, (typeof attributes)[PartnerAttributeId]][],
      ),
    }));
    const done = dryRun
      ? await this.imports.preview(actor, rows)
      : await this.imports.apply(actor, rows, basedOn ?? null);
    return importView(done, []);
  }

  private async tableOf(actor: VendorActor, file: Upload | undefined): Promise<TableOfPartners> {
    if (file === undefined)
      throw new DomainError('import.file-missing', 'Send the list as the form field "file".', { field: 'file' });
    const attributes = await this.attributes.list(actor);
    return partnersOfTable(await readTable(file.buffer), attributes);
  }
}

function importView({ version, rows }: PlannedImport, ignoredColumns: readonly string[]): PartnerImportView {
  const count = (outcome: PlannedRow['outcome']): number => rows.filter((row) => row.outcome === outcome).length;
  return {
    version,
    counts: {
      new: count('new'),
      changed: count('changed'),
      unchanged: count('unchanged'),
      refused: count('refused'),
    },
    rows: rows.map((row) => ({
      line: row.line,
      name: row.name,
      outcome: row.outcome,
      partnerId: 'partnerId' in row ? row.partnerId : null,
      email: row.outcome === 'new' ? row.partner.email : null,
      changes: 'changes' in row ? [...row.changes] : [],
      faults: row.outcome === 'refused' ? [...row.faults] : [],
    })),
    ignoredColumns: [...ignoredColumns],
  };
}
