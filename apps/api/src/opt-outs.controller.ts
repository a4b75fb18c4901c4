import { Controller, HttpCode, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { MAX_FILE_BYTES, type OptOutImport as Taken, OptOutImports } from '#contacts';
import { OptOutImport } from '#contracts';
import { DomainError, type PartnerActor, type VendorActor } from '#kernel';
import { Answers } from './http/api-response.js';
import { Allow, CurrentPartner, CurrentVendor } from './http/authority.js';

/** One byte more than allowed reaches the lib, whose refusal says what to do. */
const oneFile = FileInterceptor('file', { limits: { fileSize: MAX_FILE_BYTES + 1, files: 1, fields: 1 } });
const SHOWN_ROWS = 100;

/** People who have opted out elsewhere, before they are written to from here. */
@ApiTags('contacts')
@Controller('api/v1')
export class OptOutsController {
  constructor(private readonly imports: OptOutImports) {}

  @Post('suppressions/import')
  @HttpCode(200)
  @Allow('contacts.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @Answers(OptOutImport)
  async ofPartner(
    @CurrentPartner() actor: PartnerActor,
    @UploadedFile() file: { readonly buffer: Buffer } | undefined,
  ): Promise<OptOutImport> {
    return view(await this.imports.forPartner(actor, bytesOf(file)));
  }

  @Post('vendor-suppressions/import')
  @HttpCode(200)
  @Allow('partners.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @Answers(OptOutImport)
  async ofVendor(
    @CurrentVendor() actor: VendorActor,
    @UploadedFile() file: { readonly buffer: Buffer } | undefined,
  ): Promise<OptOutImport> {
    return view(await this.imports.forVendor(actor, bytesOf(file)));
  }
}

function bytesOf(file: { readonly buffer: Buffer } | undefined): Buffer {
  if (file !== undefined) return file.buffer;
  throw new DomainError('import.file-missing', 'Send the list as the form field "file".', { field: 'file' });
}

const view = ({ rows, taken, unreadable }: Taken): OptOutImport => ({
  rows,
  taken,
  unreadable: unreadable.length,
  unreadableRows: unreadable.slice(0, SHOWN_ROWS),
});
