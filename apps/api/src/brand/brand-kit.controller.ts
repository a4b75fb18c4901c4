import { createHash } from 'node:crypto';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
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
import { type BrandKit, BrandKits, type KitDesign, type OwnSurface } from '#brand';
import { CONFIG, type Config } from '#config';
import {
  BrandKit as BrandKitAnswer,
  BrandKitEdit,
  BrandKitPreview,
  BrandKitPreviewQuery,
  LogoImageQuery,
} from '#contracts';
import { LOGO_ID, partnerInvitationMail, type Session } from '#identity';
import type { VendorActor } from '#kernel';
import { Organisations } from '#organisations';
import { Allow, CurrentVendor, SessionOrNull } from '../http/authority.js';
import { EditedVersion, numberOf, ReplacesVersion } from '../http/edited-version.js';
import { ResponseBody, ResponseMedia, Summary, UploadField } from '../http/openapi.js';
import { oneUpload, type Upload } from '../http/uploads.js';
import { brandKitView } from './brand-kit.view.js';
import { logoBytes, MAX_LOGO_BYTES } from './logo-upload.js';

/** A vendor's own logo and colours. */
@ApiTags('brand')
@Controller('api/v1/brand-kit')
export class BrandKitController {
  constructor(
    private readonly kits: BrandKits,
    private readonly organisations: Organisations,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** The ETag is the version. It is 0 until something is chosen. */
  @Summary(
    'Get your brand: logo, colours, fonts, button style and legal texts. An update must send its ETag as If-Match',
  )
  @Get()
  @Allow('brand-kit.read')
  @ResponseBody(BrandKitAnswer)
  async get(
    @CurrentVendor() actor: VendorActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BrandKitAnswer> {
    return answer(response, await this.kits.get(actor));
  }

  @Summary('Choose colours, fonts, button style, default blocks and legal texts of your brand')
  @Put()
  @Allow('brand-kit.edit')
  @ReplacesVersion()
  @ResponseBody(BrandKitAnswer)
  async edit(
    @CurrentVendor() actor: VendorActor,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: BrandKitEdit }) { colours, design }: z.output<typeof BrandKitEdit>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BrandKitAnswer> {
    return answer(
      response,
      await this.kits.edit(actor, numberOf(basedOn), colours?.primary ?? null, design as KitDesign | undefined),
    );
  }

  /**
   * Stores a logo (PNG, JPEG, WebP or SVG, at most 5 MB) and creates its
   * variants. Without a chosen colour, derives it from the logo.
   */
  @Summary('Upload the logo of your e-mails')
  @UploadField('file')
  @Put('logo')
  @Allow('brand-kit.edit')
  @UseInterceptors(oneUpload('file', { fileSize: MAX_LOGO_BYTES, fields: 0 }))
  @ApiConsumes('multipart/form-data')
  @ResponseBody(BrandKitAnswer)
  async replaceLogo(
    @CurrentVendor() actor: VendorActor,
    @UploadedFile() file: Upload | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BrandKitAnswer> {
    return answer(response, await this.kits.replaceLogo(actor, logoBytes(file)));
  }

  @Summary('Remove the logo: e-mails show your name again')
  @Delete('logo')
  @HttpCode(204)
  @Allow('brand-kit.edit')
  async removeLogo(@CurrentVendor() actor: VendorActor): Promise<void> {
    await this.kits.removeLogo(actor);
  }

  /**
   * The logo for a background in an exact size, with twice the pixels for
   * high-resolution screens.
   */
  @Summary('Get the logo of your e-mails for a background, in an exact size')
  @ResponseMedia('image/png')
  @Get('logos/:surface.png')
  @Allow('brand-kit.read')
  @ApiProduces('image/png')
  @ApiOkResponse()
  async logo(
    @CurrentVendor() actor: VendorActor,
    @Param('surface', { schema: z.enum(['light', 'dark']) }) surface: OwnSurface,
    @Query({ schema: LogoImageQuery }) { width, height }: z.output<typeof LogoImageQuery>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const png = await this.kits.drawLogo(actor, surface, { width, height });
    response.setHeader('ETag', `"${createHash('sha256').update(png).digest('hex')}"`);
    response.setHeader('Cache-Control', 'private, no-cache');
    return new StreamableFile(png, { type: 'image/png' });
  }

  /** The invitation of a partner, with the logo in the HTML. Sends nothing. */
  @Summary('Preview an e-mail in your name, with a colour to try')
  @Get('mail-preview')
  @Allow('brand-kit.read')
  @ResponseBody(BrandKitPreview)
  async preview(
    @CurrentVendor() actor: VendorActor,
    @SessionOrNull() session: Session | null,
    @Query({ schema: BrandKitPreviewQuery }) { primary }: z.output<typeof BrandKitPreviewQuery>,
  ): Promise<BrandKitPreview> {
    const { name } = await this.organisations.get(actor, actor.vendorId);
    const { look, logo } = await this.kits.mailLook(actor, primary ?? null);
    const locale = session?.user.locale ?? 'en';
    const reader = { email: 'olivia@brightwater.example', name: 'Olivia Hart', locale, hasAccount: false };
    const names = { vendor: { id: actor.vendorId, name }, partner: 'Brightwater IT' };
    const mail = partnerInvitationMail(reader, this.config.PUBLIC_URL, names);
    const html = look === null ? mail.html : (mail.branding?.htmlIn(look) ?? mail.html);
    return {
      subject: mail.subject,
      senderName: mail.senderName ?? name,
      html: logo === null ? html : html.replace(`cid:${LOGO_ID}`, `data:image/png;base64,${logo.toString('base64')}`),
    };
  }
}

function answer(response: Response, kit: BrandKit): BrandKitAnswer {
  response.setHeader('ETag', `"${kit.version}"`);
  return brandKitView(kit);
}
