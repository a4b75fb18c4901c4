import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CampaignEditing, CampaignPreviews } from '#campaigns';
import {
  AuthoringLanguage,
  CampaignVersionCard,
  CanvasPreview,
  CheckEdit,
  EditCheck,
  PackageFiles,
  SaveEdit,
  ShowCanvas,
  ShowEdit,
} from '#contracts';
import { type CampaignId, Clock, type VendorActor } from '#kernel';
import { authoringLanguage } from '#rendering';
import { sampleThanksPage } from '../public/sample-thanks.js';
import { campaignPreview, campaignVersionCard } from './campaigns.view.js';
import { Allow, CurrentVendor } from '../http/authority.js';
import { IdParam, VersionNumber } from '../http/path-parameters.js';
import { ResponseBody, ResponseMedia, Summary } from '../http/openapi.js';

const FileQuery = z.object({ path: z.string().min(1).max(200) });

/** The vocabulary of the authoring language of e-mails. */
@ApiTags('campaigns')
@Controller('api/v1/authoring-language')
export class AuthoringLanguageController {
  @Summary('Get the template language: blocks, placeholders and the values they accept')
  @Get()
  @Allow('campaigns.read')
  @ResponseBody(AuthoringLanguage)
  async language(): Promise<AuthoringLanguage> {
    const { elements, fields, builtInLinks } = await authoringLanguage();
    return {
      elements: elements.map(({ name, attributes }) => ({
        name,
        attributes: attributes.map((attribute) => ({ name: attribute.name, values: [...attribute.values] })),
      })),
      fields: [...fields],
      builtInLinks: [...builtInLinks],
    };
  }
}

/** The files of a version, for the editor. */
@ApiTags('campaigns')
@Controller('api/v1/campaigns/:id/versions/:number/files')
export class CampaignFilesController {
  constructor(
    private readonly editing: CampaignEditing,
    private readonly previews: CampaignPreviews,
    private readonly clock: Clock,
  ) {}

  @Summary('List the files of a campaign version')
  @Get()
  @Allow('campaigns.read')
  @ResponseBody(PackageFiles)
  async files(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<PackageFiles> {
    const { packageHash, files } = await this.editing.files(actor, id, number);
    return { packageHash, files: files.map(({ path, bytes, hash, text }) => ({ path, bytes, hash, text })) };
  }

  /**
   * One file as it was uploaded, for programs. A browser downloads it and does
   * not show it.
   */
  @Summary('Download one file of a campaign version as it was uploaded')
  @ResponseMedia('application/octet-stream')
  @Get('bytes')
  @Allow('campaigns.read')
  async bytes(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Query({ schema: FileQuery }) { path }: z.output<typeof FileQuery>,
  ): Promise<StreamableFile> {
    const bytes = await this.editing.file(actor, id, number, path);
    return new StreamableFile(bytes, { type: 'application/octet-stream', disposition: 'attachment' });
  }

  /**
   * A document or a picture of a post with changes, a sample logo and the
   * suggested texts. Saves nothing.
   */
  @Summary('Preview a document (PDF) or a post image (JPEG) with unsaved changes. Saves nothing')
  @ResponseMedia('application/octet-stream')
  @Post('artwork')
  @HttpCode(200)
  @Allow('campaigns.edit')
  async artwork(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: ShowEdit }) { changes, show }: z.output<typeof ShowEdit>,
  ): Promise<StreamableFile> {
    const of = { ...show, campaignId: id, number };
    const shown = await this.previews.editedArtwork(actor, of, changes);
    return new StreamableFile(shown, { type: show.kind === 'document' ? 'application/pdf' : 'image/jpeg' });
  }

  /**
   * Problems of changed files, and a preview of a template with the changes.
   * Saves nothing.
   */
  @Summary('Check unsaved changes to files and preview a template with them. Saves nothing')
  @Post('check')
  @HttpCode(200)
  @Allow('campaigns.edit')
  @ResponseBody(EditCheck)
  async check(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: CheckEdit }) { changes, show }: z.output<typeof CheckEdit>,
  ): Promise<EditCheck> {
    const edit = { campaignId: id, number, changes, show };
    const { problems, preview } = await this.editing.check(actor, edit);
    return {
      problems: problems.map(({ code, severity, file, line, column, message, remedy }) => ({
        code,
        severity,
        file,
        line,
        column,
        message,
        remedy,
      })),
      preview: preview === null ? null : campaignPreview(preview),
    };
  }

  /**
   * An e-mail or page with unsaved changes, also with mistakes. Each block has a
   * class `tc-block-…` with its number.
   */
  @Summary('Show an e-mail or page with unsaved changes, with classes that mark its blocks. Saves nothing')
  @Post('canvas')
  @HttpCode(200)
  @Allow('campaigns.edit')
  @ResponseBody(CanvasPreview)
  async canvas(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: ShowCanvas }) { changes, show: { state, ...show } }: z.output<typeof ShowCanvas>,
  ): Promise<CanvasPreview> {
    const { preview, thanks } = await this.editing.canvas(actor, { campaignId: id, number, changes, show });
    if (preview === null) return { preview: null };
    const shown = campaignPreview(preview);
    if (state === 'open') return { preview: shown };
    return { preview: thanks === null ? null : { ...shown, html: sampleThanksPage(thanks, preview) } };
  }

  /**
   * Saves changes in the draft. If the version is no longer a draft, creates
   * the next draft.
   */
  @Summary('Save changes to the files of a draft')
  @Patch()
  @Allow('campaigns.edit')
  @ResponseBody(CampaignVersionCard)
  async save(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: SaveEdit }) { changes, basedOn }: z.output<typeof SaveEdit>,
  ): Promise<CampaignVersionCard> {
    return campaignVersionCard(
      await this.editing.save(actor, { campaignId: id, number, changes, basedOn }),
      this.clock.now(),
    );
  }
}
