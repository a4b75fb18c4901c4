import { Module } from '@nestjs/common';
import { ActivationsModule } from '#activations';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { ContactsModule } from '#contacts';
import { ContentModule } from '#content';
import { CheckEditHandler } from './check-edit.handler.js';
import { CobrandingHandler } from './cobranding.handler.js';
import { CompilePackageHandler } from './compile-package.handler.js';
import { ContactImportsHandler } from './contact-imports.handler.js';
import { LogosHandler } from './logos.handler.js';
import { ShowArtworkHandler } from './show-artwork.handler.js';

/** Work that burns a processor or reads big files: compiling, co-branding, importing. */
@Module({
  imports: [ActivationsModule, CampaignsModule, ContentModule, ContactsModule, BrandModule],
  providers: [
    CheckEditHandler,
    CobrandingHandler,
    CompilePackageHandler,
    ContactImportsHandler,
    LogosHandler,
    ShowArtworkHandler,
  ],
})
export class RendererModule {}
