import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Post,
  Query,
  type StreamableFile,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiConsumes, ApiHeader, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ContactImports, MAX_FILE_BYTES } from '#contacts';
import {
  ContactImport,
  ContactImportOptions,
  ContactImportPage,
  ContactImportPreview,
  ContactImportPreviewOptions,
  PageQuery,
  TableForm,
} from '#contracts';
import { type ContactImportId, DomainError, type PartnerActor } from '#kernel';
import { contactImportLineView, contactImportView, previewView, rowProblemView } from './contact-import.view.js';
import { Allow, CurrentPartner } from '../http/authority.js';
import { CsvTable, sentenceCell, type TableCell, type TableColumn } from '../http/csv-table.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { IdParam } from '../http/path-parameters.js';
import { CsvResponse, ResponseBody, Summary, UploadField } from '../http/openapi.js';
import { oneUpload, type Upload } from '../http/uploads.js';

/**
 * One byte more than allowed, so that the lib refuses the file with an error
 * that says what to do.
 */
const oneFile = oneUpload('file', { fileSize: MAX_FILE_BYTES + 1, fields: 12, fieldSize: 20_000 });
const SHOWN_PROBLEMS = 100;
const PROBLEM_COLUMNS = [
  'row',
  'severity',
  'code',
  'field',
  'value',
  'message',
] as const satisfies readonly TableColumn[];

@ApiTags('contacts')
@Controller('api/v1/contact-imports')
export class ContactImportsController {
  constructor(private readonly imports: ContactImports) {}

  /** Stores a list and responds at once. The import runs as a job. */
  @Summary('Import contacts from an Excel workbook, CSV, vCard or HTML table in the background')
  @UploadField('file')
  @Post()
  @HttpCode(202)
  @Allow('contacts.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key and request is the same import.' })
  @ResponseBody(ContactImport, 202)
  async accept(
    @CurrentPartner() actor: PartnerActor,
    @UploadedFile() file: Upload | undefined,
    @Body({ schema: ContactImportOptions }) options: z.output<typeof ContactImportOptions>,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<ContactImport> {
    const { listId, listName, consentBasis, consentEvidence, jurisdiction, mapping, encoding, sheet, optOuts } =
      options;
    const accepted = await this.imports.accept(actor, {
      fileName: nameOf(requireFile(file)),
      bytes: requireFile(file).buffer,
      basis: consentBasis,
      ...(listId === undefined ? {} : { listId }),
      ...(listName === undefined ? {} : { listName }),
      ...(consentEvidence === undefined ? {} : { evidence: consentEvidence }),
      ...(jurisdiction === undefined ? {} : { jurisdiction }),
      ...(mapping === undefined ? {} : { mapping }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(sheet === undefined ? {} : { sheet }),
      ...(optOuts === undefined ? {} : { optOuts }),
      ...(key === undefined ? {} : { idempotencyKey: checkedKey(key) }),
    });
    return contactImportView(accepted, []);
  }

  /** Running and finished imports. */
  @Summary('List your imports with their progress, newest first')
  @Get()
  @Allow('contacts.read')
  @ResponseBody(ContactImportPage)
  async page(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: PageQuery }) { limit, cursor }: z.output<typeof PageQuery>,
  ): Promise<z.input<typeof ContactImportPage>> {
    const found = await this.imports.list(actor, { limit, beforeId: idCursor(cursor) });
    return {
      items: found.map(contactImportLineView),
      nextCursor: nextCursor(found, limit, ({ id }) => id),
    };
  }

  /** Previews how a file would be read. Saves nothing. */
  @Summary('Preview how a list would be read, and who opted out by it. Saves nothing')
  @UploadField('file')
  @Post('preview')
  @HttpCode(200)
  @Allow('contacts.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ResponseBody(ContactImportPreview)
  async preview(
    @CurrentPartner() actor: PartnerActor,
    @UploadedFile() file: Upload | undefined,
    @Body({ schema: ContactImportPreviewOptions }) options: z.output<typeof ContactImportPreviewOptions>,
  ): Promise<ContactImportPreview> {
    const { mapping = null, encoding = null, sheet = null, optOutColumns = null } = options;
    const choice = { mapping, encoding, sheet, optOutColumns };
    return previewView(await this.imports.preview(actor, requireFile(file).buffer, choice));
  }

  @Summary('Get the progress of an import and its first problems')
  @Get(':id')
  @Allow('contacts.read')
  @ResponseBody(ContactImport)
  async get(@CurrentPartner() actor: PartnerActor, @IdParam('id') importId: ContactImportId): Promise<ContactImport> {
    const found = await this.imports.get(actor, importId);
    return contactImportView(found, await this.imports.problems(actor, importId, { after: 0, limit: SHOWN_PROBLEMS }));
  }

  /** All problems with their rows, to correct the file. */
  @Summary('Download every problem of an import as CSV, by row')
  @CsvResponse()
  @Get(':id/problems.csv')
  @Allow('contacts.read')
  async problems(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') importId: ContactImportId,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): Promise<StreamableFile> {
    await this.imports.get(actor, importId);
    return new CsvTable(PROBLEM_COLUMNS, language).streamed(this.problemRows(actor, importId), 'problems.csv');
  }

  @Summary('Cancel an import. Contacts that are already imported stay')
  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('contacts.edit')
  @ResponseBody(ContactImport)
  async cancel(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') importId: ContactImportId,
  ): Promise<ContactImport> {
    await this.imports.cancel(actor, importId);
    return this.get(actor, importId);
  }

  private async *problemRows(actor: PartnerActor, importId: ContactImportId): AsyncGenerator<TableCell[][]> {
    for await (const page of this.imports.allProblems(actor, importId))
      yield page
        .map(rowProblemView)
        .map(({ row, severity, code, field, value, message }) => [
          row,
          severity,
          code,
          field,
          value,
          sentenceCell(code, message),
        ]);
  }
}

function requireFile(file: Upload | undefined): Upload {
  if (file !== undefined) return file;
  throw new DomainError('import.file-missing', 'Send the list as the form field "file".', { field: 'file' });
}

function checkedKey(key: string): string {
  if (key.trim() !== '' && key.length <= 200) return key;
  throw new DomainError('import.key-invalid', 'Send an Idempotency-Key of 1 to 200 characters, or none.', {
    field: 'Idempotency-Key',
  });
}

/** Browsers send the name in UTF-8; multer reads it as Latin-1. */
function nameOf(file: Upload): string {
  return Buffer.from(file.originalname, 'latin1').toString('utf8');
}
