import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Post,
  Query,
  Res,
  StreamableFile,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { type PartnerPictureId, PartnerPictures } from '#assets';
import {
  CutPicture,
  PartnerPicture,
  PartnerPictures as PartnerPicturesView,
  PictureCut,
  UploadPictureQuery,
} from '#contracts';
import type { PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, ResponseMedia, Summary, UploadField } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import type { Upload } from '../http/uploads.js';
import { bytesOf, oneFile, pictureAnswer } from './asset-uploads.js';
import { partnerPictureView } from './assets.view.js';

/** A partner's own pictures, for places where a vendor lets it show them. */
@ApiTags('library')
@Controller('api/v1/pictures')
export class PartnerPicturesController {
  constructor(private readonly pictures: PartnerPictures) {}

  /** The newest 200. */
  @Summary('List your own pictures')
  @Get()
  @Allow('offers.read')
  @ResponseBody(PartnerPicturesView)
  async list(@CurrentPartner() actor: PartnerActor): Promise<PartnerPicturesView> {
    return { items: (await this.pictures.list(actor)).map(partnerPictureView) };
  }

  /** A JPEG, PNG, WebP or SVG of at most 25 MB. It is read by its content, not by its name. */
  @Summary('Upload a picture of your own')
  @UploadField('file')
  @Post()
  @Allow('activations.launch')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ResponseBody(PartnerPicture, 201)
  async upload(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: UploadPictureQuery }) { name }: z.output<typeof UploadPictureQuery>,
    @UploadedFile() file: Upload | undefined,
  ): Promise<PartnerPicture> {
    return partnerPictureView(await this.pictures.upload(actor, name, bytesOf(file)));
  }

  /** The text of a slot for a picture is the `name` of a cut. Cuts are public. */
  @Summary('Cut a picture of your own for an e-mail or page')
  @Post(':id/cuts')
  @Allow('activations.launch')
  @ResponseBody(PictureCut, 201)
  async cut(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: PartnerPictureId,
    @Body({ schema: CutPicture }) { crop }: z.output<typeof CutPicture>,
  ): Promise<PictureCut> {
    return this.pictures.cut(actor, id, crop);
  }

  @Summary('Get a small picture of a picture of your own')
  @ResponseMedia('image/png')
  @Get(':id/preview')
  @Allow('offers.read')
  async preview(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: PartnerPictureId,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return pictureAnswer(response, await this.pictures.previewOf(actor, id));
  }

  /** What campaigns show of it stays. */
  @Summary('Delete a picture of your own')
  @Delete(':id')
  @HttpCode(204)
  @Allow('activations.launch')
  async delete(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: PartnerPictureId): Promise<void> {
    await this.pictures.delete(actor, id);
  }
}
