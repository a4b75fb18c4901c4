import { Body, Controller, HttpCode, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { MAX_TABLE_BYTES, readTable } from '#contacts';
import { CostImportOptions, CostImportView } from '#contracts';
import { type CostBearer, CostImports } from '#insight';
import { DomainError } from '#kernel';
import { AllowBothSides, CurrentMember } from '../http/authority.js';
import { ResponseBody, Summary, UploadField } from '../http/openapi.js';
import { oneUpload, type Upload } from '../http/uploads.js';
import { costsOfTable, type TableOfCosts } from './cost-import-rows.js';
import { costImportView } from './costs.view.js';

/** One byte more than allowed, so that the lib refuses the file with an error that says what to do. */
const oneFile = oneUpload('file', { fileSize: MAX_TABLE_BYTES + 1, fields: 2 });

/** Enters and changes many costs at once, from a file. */
@ApiTags('insight')
@Controller('api/v1/costs')
export class CostImportsController {
  constructor(private readonly imports: CostImports) {}

  @Summary('Preview what a file of costs would add and change. Saves nothing')
  @UploadField('file')
  @Post('import/preview')
  @HttpCode(200)
  @AllowBothSides('costs.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ResponseBody(CostImportView)
  async preview(@CurrentMember() actor: CostBearer, @UploadedFile() file: Upload | undefined): Promise<CostImportView> {
    const { rows, ignoredColumns } = await tableOf(file);
    return costImportView(await this.imports.preview(actor, rows), ignoredColumns);
  }

  /** Refused rows are left out. */
  @Summary('Enter and change costs from a file, by your own reference of each. Importing it again changes nothing')
  @UploadField('file')
  @Post('import')
  @HttpCode(200)
  @AllowBothSides('costs.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ResponseBody(CostImportView)
  async apply(
    @CurrentMember() actor: CostBearer,
    @UploadedFile() file: Upload | undefined,
    @Body({ schema: CostImportOptions }) { basedOn }: z.output<typeof CostImportOptions>,
  ): Promise<CostImportView> {
    const { rows, ignoredColumns } = await tableOf(file);
    return costImportView(await this.imports.apply(actor, rows, basedOn ?? null), ignoredColumns);
  }
}

async function tableOf(file: Upload | undefined): Promise<TableOfCosts> {
  if (file === undefined)
    throw new DomainError('import.file-missing', 'Send the list as the form field "file".', { field: 'file' });
  return costsOfTable(await readTable(file.buffer));
}
