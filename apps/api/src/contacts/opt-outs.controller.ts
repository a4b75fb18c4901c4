import { Body, Controller, HttpCode, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { MAX_OPT_OUT_BYTES, OptOutImports } from '#contacts';
import { OptOutImport, OptOutOptions, OptOutPreview } from '#contracts';
import { DomainError, type PartnerActor, type VendorActor } from '#kernel';
import { Allow, CurrentPartner, CurrentVendor } from '../http/authority.js';
import { optOutImportView, optOutPreviewView } from './opt-outs.view.js';
import { ResponseBody, Summary, UploadField } from '../http/openapi.js';
import { oneUpload, type Upload } from '../http/uploads.js';

/**
 * One byte more than allowed, so that the lib refuses the file with an error
 * that says what to do.
 */
const oneFile = oneUpload('file', { fileSize: MAX_OPT_OUT_BYTES + 1, fields: 2 });

type Options = z.output<typeof OptOutOptions>;

/**
 * Imports addresses of people who opted out in another system, so that they get
 * no e-mails from here.
 */
@ApiTags('contacts')
@Controller('api/v1')
export class OptOutsController {
  constructor(private readonly imports: OptOutImports) {}

  @Summary('Preview how a file of unsubscribed addresses would be read. Saves nothing')
  @UploadField('file')
  @Post('suppressions/import/preview')
  @HttpCode(200)
  @Allow('contacts.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ResponseBody(OptOutPreview)
  async previewOfPartner(
    @CurrentPartner() _actor: PartnerActor,
    @UploadedFile() file: Upload | undefined,
    @Body({ schema: OptOutOptions }) { column }: Options,
  ): Promise<OptOutPreview> {
    return optOutPreviewView(await this.imports.preview(bytesOf(file), column ?? null));
  }

  @Summary('Add a file of unsubscribed addresses to your do-not-mail list, all or nothing')
  @UploadField('file')
  @Post('suppressions/import')
  @HttpCode(200)
  @Allow('contacts.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ResponseBody(OptOutImport)
  async ofPartner(
    @CurrentPartner() actor: PartnerActor,
    @UploadedFile() file: Upload | undefined,
    @Body({ schema: OptOutOptions }) { column }: Options,
  ): Promise<OptOutImport> {
    return optOutImportView(await this.imports.forPartner(actor, bytesOf(file), column ?? null));
  }

  @Summary("Preview how a vendor's file of unsubscribed addresses would be read. Saves nothing")
  @UploadField('file')
  @Post('vendor-suppressions/import/preview')
  @HttpCode(200)
  @Allow('partners.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ResponseBody(OptOutPreview)
  async previewOfVendor(
    @CurrentVendor() _actor: VendorActor,
    @UploadedFile() file: Upload | undefined,
    @Body({ schema: OptOutOptions }) { column }: Options,
  ): Promise<OptOutPreview> {
    return optOutPreviewView(await this.imports.preview(bytesOf(file), column ?? null));
  }

  @Summary(
    "Block addresses in all partners' e-mails about a vendor, all or nothing. Stored as keyed hashes that cannot be read back",
  )
  @UploadField('file')
  @Post('vendor-suppressions/import')
  @HttpCode(200)
  @Allow('partners.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ResponseBody(OptOutImport)
  async ofVendor(
    @CurrentVendor() actor: VendorActor,
    @UploadedFile() file: Upload | undefined,
    @Body({ schema: OptOutOptions }) { column }: Options,
  ): Promise<OptOutImport> {
    return optOutImportView(await this.imports.forVendor(actor, bytesOf(file), column ?? null));
  }
}

function bytesOf(file: Upload | undefined): Buffer {
  if (file !== undefined) return file.buffer;
  throw new DomainError('import.file-missing', 'Send the list as the form field "file".', { field: 'file' });
}
