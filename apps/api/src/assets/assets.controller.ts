import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Post,
  Put,
  Query,
  Res,
  StreamableFile,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { type AssetId, Assets } from '#assets';
import {
  AssetDownloads,
  EditAsset,
  LibraryAsset,
  LibraryAssetQuery,
  LibraryAssets,
  NewAsset,
  UploadAssetQuery,
} from '#contracts';
import { Clock, type VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { EditedVersion, numberOf, ReplacesVersion } from '../http/edited-version.js';
import { idCursor } from '../http/cursor-page.js';
import { ResponseBody, ResponseMedia, Summary, UploadField } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import type { Upload } from '../http/uploads.js';
import { bytesOf, oneFile, pictureAnswer } from './asset-uploads.js';
import { libraryAssetView, listedAssetView } from './assets.view.js';

/** A vendor's library: pictures, documents, videos, texts and saved blocks. */
@ApiTags('assets')
@Controller('api/v1/assets')
export class AssetsController {
  constructor(
    private readonly assets: Assets,
    private readonly clock: Clock,
  ) {}

  /** Newest first, with the names of all folders and tags. Without contents: read an asset for its own. */
  @Summary('List the assets of your library')
  @Get()
  @Allow('assets.read')
  @ResponseBody(LibraryAssets)
  async list(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: LibraryAssetQuery }) query: z.output<typeof LibraryAssetQuery>,
  ): Promise<LibraryAssets> {
    const { limit, cursor, q, kinds, folder, tag, state } = query;
    const filter = { words: q, kinds, folder: folder ?? null, tag: tag ?? null, state: state ?? null };
    const found = await this.assets.list(actor, filter, limit, idCursor(cursor));
    const now = this.clock.now();
    return { ...found, items: found.items.map((asset) => listedAssetView(asset, now)) };
  }

  @Summary('Get an asset of your library')
  @Get(':id')
  @Allow('assets.read')
  @ResponseBody(LibraryAsset)
  async get(@CurrentVendor() actor: VendorActor, @IdParam('id') id: AssetId): Promise<LibraryAsset> {
    return libraryAssetView(await this.assets.get(actor, id), this.clock.now());
  }

  /**
   * A picture (JPEG, PNG, WebP, SVG), a PDF or a video (MP4, WebM), at most
   * 25 MB. It is read by its content, not by its name.
   */
  @Summary('Upload a file into your library')
  @UploadField('file')
  @Post('uploads')
  @Allow('assets.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ResponseBody(LibraryAsset, 201)
  async upload(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: UploadAssetQuery }) { name, folder, kind }: z.output<typeof UploadAssetQuery>,
    @UploadedFile() file: Upload | undefined,
  ): Promise<LibraryAsset> {
    const uploaded = { name, folder, isLogo: kind === 'logo', bytes: bytesOf(file) };
    return libraryAssetView(await this.assets.upload(actor, uploaded), this.clock.now());
  }

  @Summary('Add a text, a saved block, a video elsewhere or an e-mail signature to your library')
  @Post()
  @Allow('assets.edit')
  @ResponseBody(LibraryAsset, 201)
  async create(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: NewAsset }) body: z.output<typeof NewAsset>,
  ): Promise<LibraryAsset> {
    return libraryAssetView(await this.assets.create(actor, body), this.clock.now());
  }

  @Summary('Update the description of an asset: title, folder, tags, texts, cut and dates')
  @Put(':id')
  @Allow('assets.edit')
  @ReplacesVersion()
  @ResponseBody(LibraryAsset)
  async change(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: AssetId,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: EditAsset }) body: z.output<typeof EditAsset>,
  ): Promise<LibraryAsset> {
    return libraryAssetView(await this.assets.change(actor, id, numberOf(basedOn), body), this.clock.now());
  }

  /** Copies in campaigns stay as they are. */
  @Summary('Replace the file of an asset')
  @UploadField('file')
  @Put(':id/file')
  @Allow('assets.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ResponseBody(LibraryAsset)
  async replaceFile(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: AssetId,
    @Query({ schema: UploadAssetQuery.pick({ name: true }) }) { name }: { name: string },
    @UploadedFile() file: Upload | undefined,
  ): Promise<LibraryAsset> {
    return libraryAssetView(await this.assets.replaceFile(actor, id, name, bytesOf(file)), this.clock.now());
  }

  @Summary('Delete an asset. Copies in campaigns stay')
  @Delete(':id')
  @HttpCode(204)
  @Allow('assets.edit')
  async delete(@CurrentVendor() actor: VendorActor, @IdParam('id') id: AssetId): Promise<void> {
    await this.assets.delete(actor, id);
  }

  /** A browser downloads it and does not show it. */
  @Summary('Download the file of an asset as it was uploaded')
  @ResponseMedia('application/octet-stream')
  @Get(':id/file')
  @Allow('assets.read')
  async file(@CurrentVendor() actor: VendorActor, @IdParam('id') id: AssetId): Promise<StreamableFile> {
    const { bytes } = await this.assets.fileOf(actor, id);
    return new StreamableFile(bytes, { type: 'application/octet-stream', disposition: 'attachment' });
  }

  @Summary('Get a small picture of an asset')
  @ResponseMedia('image/png')
  @Get(':id/preview')
  @Allow('assets.read')
  async preview(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: AssetId,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return pictureAnswer(response, await this.assets.previewOf(actor, id));
  }

  @Summary('List how often each partner downloaded an asset')
  @Get(':id/downloads')
  @Allow('assets.read')
  @ResponseBody(AssetDownloads)
  async downloads(@CurrentVendor() actor: VendorActor, @IdParam('id') id: AssetId): Promise<AssetDownloads> {
    return { items: await this.assets.downloads(actor, id) };
  }
}
