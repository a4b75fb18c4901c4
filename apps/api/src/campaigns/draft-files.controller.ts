import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Post,
  Put,
  Query,
  StreamableFile,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type DraftFileDetail, DraftFiles } from '#campaigns';
import { PACKAGE_LIMITS } from '#content';
import { CampaignVersionCard, DraftFiles as DraftFilesView, SaveDraftFiles } from '#contracts';
import { type CampaignId, Clock, DomainError, type VendorActor } from '#kernel';
import { campaignVersionCard } from './campaigns.view.js';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, ResponseMedia, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { oneUpload, type Upload } from '../http/uploads.js';

const FileQuery = z.object({ path: z.string().min(1).max(200) });
/** One byte more than allowed, so that the lib's own error says what to do. */
const oneFile = oneUpload('file', { fileSize: PACKAGE_LIMITS.fileBytes + 1, fields: 0 });

/** Changes to the files of a campaign, stored while its authors write. */
@ApiTags('campaigns')
@Controller('api/v1/campaigns/:id/draft-files')
export class DraftFilesController {
  constructor(
    private readonly files: DraftFiles,
    private readonly clock: Clock,
  ) {}

  @Summary('List the changed files of a campaign that are not in a version yet')
  @Get()
  @Allow('campaigns.read')
  @ResponseBody(DraftFilesView)
  async list(@CurrentVendor() actor: VendorActor, @IdParam('id') id: CampaignId): Promise<DraftFilesView> {
    return draftFilesView(await this.files.list(actor, id), actor);
  }

  /**
   * Stores changes of texts, with mistakes too. If another user has changed one
   * of the files since you read it, nothing is stored and the status is 412.
   */
  @Summary('Store changes to files of a campaign, with mistakes too')
  @Put()
  @Allow('campaigns.edit')
  @ResponseBody(DraftFilesView)
  async save(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Body({ schema: SaveDraftFiles }) { basedOn, files }: z.output<typeof SaveDraftFiles>,
  ): Promise<DraftFilesView> {
    const sent = files.map(({ path, revision, ...change }) => ({ path, revision, change }));
    return draftFilesView(await this.files.save(actor, id, { basedOn, files: sent }), actor);
  }

  @Summary('Discard all changes to the files of a campaign that are not in a version yet')
  @Delete()
  @HttpCode(204)
  @Allow('campaigns.edit')
  async discard(@CurrentVendor() actor: VendorActor, @IdParam('id') id: CampaignId): Promise<void> {
    await this.files.discard(actor, id);
  }

  /**
   * A picture, a PDF, a drawing or a text, in place of the file of that path or
   * as a new one.
   */
  @Summary('Upload a file into the draft of a campaign')
  @Post('uploads')
  @HttpCode(200)
  @Allow('campaigns.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
  })
  @ResponseBody(DraftFilesView)
  async upload(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Query({ schema: FileQuery }) { path }: z.output<typeof FileQuery>,
    @UploadedFile() file: Upload | undefined,
  ): Promise<DraftFilesView> {
    if (file === undefined)
      throw new DomainError('draft-file.missing', 'Send the file as the form field "file".', { field: 'file' });
    return draftFilesView(await this.files.upload(actor, id, path, file.buffer), actor);
  }

  /** For programs. A browser downloads it and does not show it. */
  @Summary('Download a file that was uploaded into the draft of a campaign')
  @ResponseMedia('application/octet-stream')
  @Get('bytes')
  @Allow('campaigns.read')
  async bytes(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Query({ schema: FileQuery }) { path }: z.output<typeof FileQuery>,
  ): Promise<StreamableFile> {
    const bytes = await this.files.uploaded(actor, id, path);
    return new StreamableFile(bytes, { type: 'application/octet-stream', disposition: 'attachment' });
  }

  /**
   * Moves the changes into the draft. If the newest version is published, they
   * become the next draft. With mistakes the status is 422, with file, line and
   * column of each.
   */
  @Summary('Save the changed files of a campaign as its draft')
  @Post('save')
  @HttpCode(200)
  @Allow('campaigns.edit')
  @ResponseBody(CampaignVersionCard)
  async saveDraft(@CurrentVendor() actor: VendorActor, @IdParam('id') id: CampaignId): Promise<CampaignVersionCard> {
    const version = await this.files.apply(actor, id);
    if (version !== null) return campaignVersionCard(version, this.clock.now());
    throw new DomainError(
      'draft-file.none',
      'There are no changes to save. Change a file first.',
      {},
      { kind: 'conflict' },
    );
  }
}

function draftFilesView(files: readonly DraftFileDetail[], { userId }: VendorActor): DraftFilesView {
  return {
    files: files.map(({ path, text, uploadHash, bytes, revision, isStale, before, ...saved }) => ({
      path,
      kind: uploadHash !== null ? 'upload' : text === null ? 'removed' : 'text',
      text,
      hash: uploadHash,
      bytes,
      revision,
      savedAt: saved.savedAt.toISOString(),
      savedBy: saved.savedByName,
      isYours: userId !== null && saved.savedByUserId === userId,
      isStale,
      before,
    })),
  };
}
