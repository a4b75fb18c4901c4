import { Module } from '@nestjs/common';
import { ActivationsModule } from '#activations';
import { AssetsModule } from '#assets';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { ContactsModule } from '#contacts';
import { ContentModule } from '#content';
import { RendererHandlers } from './handlers.js';
import { PreviewHandlers } from './preview-handlers.js';
import { LibraryHandlers } from './library-handlers.js';

/**
 * Work that burns a processor or reads big files: compiling, co-branding,
 * importing.
 */
@Module({
  imports: [ActivationsModule, AssetsModule, CampaignsModule, ContentModule, ContactsModule, BrandModule],
  providers: [RendererHandlers, PreviewHandlers, LibraryHandlers],
})
export class RendererModule {}
