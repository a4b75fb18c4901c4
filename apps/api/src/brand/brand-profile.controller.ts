import { createHash } from 'node:crypto';
import {
  Body,
  Controller,
  Get,
  Param,
  Put,
  Query,
  Res,
  StreamableFile,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type BrandProfile, BrandProfiles, type Logo, Logos, type LogoSurface, type OwnSurface } from '#brand';
import {
  BrandProfile as BrandProfileAnswer,
  BrandProfileEdit,
  LogoImageQuery,
  LogoUpload,
  LogoVariantChoice,
} from '#contracts';
import type { PartnerActor } from '#kernel';
import { brandProfileView, logoUploadView } from './brand-profile.view.js';
import { logoBytes, MAX_LOGO_BYTES } from './logo-upload.js';
import { Allow, CurrentPartner } from '../http/authority.js';
import { EditedVersion, numberOf, ReplacesVersion } from '../http/edited-version.js';
import { ResponseBody, ResponseMedia, Summary, UploadField } from '../http/openapi.js';
import { oneUpload, type Upload } from '../http/uploads.js';

const ownSurface = z.enum(['light', 'dark']);

@ApiTags('brand')
@Controller('api/v1/brand-profile')
export class BrandProfileController {
  constructor(
    private readonly profiles: BrandProfiles,
    private readonly logos: Logos,
  ) {}

  /**
   * The ETag is the profile's version. It is 0 until the profile is saved for
   * the first time.
   */
  @Summary('Get your brand profile. An update must send its ETag as If-Match')
  @Get()
  @Allow('brand.read')
  @ResponseBody(BrandProfileAnswer)
  async get(
    @CurrentPartner() actor: PartnerActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BrandProfileAnswer> {
    return answer(response, await this.profiles.current(actor));
  }

  @Summary('Replace your brand profile')
  @Put()
  @Allow('brand.edit')
  @ReplacesVersion()
  @ResponseBody(BrandProfileAnswer)
  async edit(
    @CurrentPartner() actor: PartnerActor,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: BrandProfileEdit }) body: z.output<typeof BrandProfileEdit>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BrandProfileAnswer> {
    return answer(response, await this.profiles.edit(actor, numberOf(basedOn), body));
  }

  /**
   * Stores a logo (PNG, JPEG, WebP or SVG, at most 5 MB) and creates its
   * variants. Without chosen colours, derives them from the logo.
   */
  @Summary('Upload a logo. Its variants and colours are generated from it')
  @UploadField('file')
  @Put('logo')
  @Allow('brand.edit')
  @UseInterceptors(oneUpload('file', { fileSize: MAX_LOGO_BYTES, fields: 0 }))
  @ApiConsumes('multipart/form-data')
  @ResponseBody(LogoUpload)
  async replaceLogo(
    @CurrentPartner() actor: PartnerActor,
    @UploadedFile() file: Upload | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LogoUpload> {
    return logoAnswer(response, await this.logos.replace(actor, logoBytes(file)));
  }

  @Summary('Get your logo: its variants, where they come from, and advice')
  @Get('logo')
  @Allow('brand.read')
  @ResponseBody(LogoUpload)
  async current(@CurrentPartner() actor: PartnerActor): Promise<LogoUpload> {
    return logoUploadView(await this.logos.current(actor), await this.profiles.current(actor));
  }

  /**
   * Stores a logo of your own for light or for dark backgrounds. It is used
   * there unchanged; the variant for the other background stays.
   */
  @Summary('Upload a logo for light or for dark backgrounds')
  @UploadField('file')
  @Put('logo/:surface')
  @Allow('brand.edit')
  @UseInterceptors(oneUpload('file', { fileSize: MAX_LOGO_BYTES, fields: 0 }))
  @ApiConsumes('multipart/form-data')
  @ResponseBody(LogoUpload)
  async replaceVariant(
    @CurrentPartner() actor: PartnerActor,
    @Param('surface', { schema: ownSurface }) surface: OwnSurface,
    @UploadedFile() file: Upload | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LogoUpload> {
    return logoAnswer(response, await this.logos.replaceVariant(actor, surface, logoBytes(file)));
  }

  @Summary('Use your logo as it is on a background, or with parts recoloured')
  @Put('logo/:surface/source')
  @Allow('brand.edit')
  @ResponseBody(LogoUpload)
  async chooseVariant(
    @CurrentPartner() actor: PartnerActor,
    @Param('surface', { schema: ownSurface }) surface: OwnSurface,
    @Body({ schema: LogoVariantChoice }) { source }: z.output<typeof LogoVariantChoice>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LogoUpload> {
    return logoAnswer(response, await this.logos.useVariant(actor, surface, source));
  }

  /**
   * The logo for a surface in an exact size, with twice the pixels for
   * high-resolution screens.
   */
  @Summary('Get your logo for a background, in an exact size')
  @ResponseMedia('image/png')
  @Get('logos/:surface.png')
  @Allow('brand.read')
  @ApiProduces('image/png')
  @ApiOkResponse()
  async logo(
    @CurrentPartner() actor: PartnerActor,
    @Param('surface', { schema: z.enum(['light', 'dark', 'mono', 'brand']) }) on: LogoSurface,
    @Query({ schema: LogoImageQuery }) { width, height }: z.output<typeof LogoImageQuery>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const png = await this.profiles.drawLogo(actor, on, { width, height });
    response.setHeader('ETag', `"${createHash('sha256').update(png).digest('hex')}"`);
    response.setHeader('Cache-Control', 'private, no-cache');
    return new StreamableFile(png, { type: 'image/png' });
  }
}

function logoAnswer(
  response: Response,
  { logo, profile }: { readonly logo: Logo; readonly profile: BrandProfile },
): LogoUpload {
  response.setHeader('ETag', `"${profile.version}"`);
  return logoUploadView(logo, profile);
}

function answer(response: Response, profile: BrandProfile): BrandProfileAnswer {
  response.setHeader('ETag', `"${profile.version}"`);
  return brandProfileView(profile);
}
