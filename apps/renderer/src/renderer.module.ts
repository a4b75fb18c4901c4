import { Module } from '@nestjs/common';
import { ActivationsModule } from '#activations';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { ContactsModule } from '#contacts';
import { ContentModule } from '#content';
import { RendererHandlers } from './handlers.js';

/**
 * Work that burns a processor or reads big files: compiling, co-branding,
 * importing.
 */
@Module({
  imports: [ActivationsModule, CampaignsModule, ContentModule, ContactsModule, BrandModule],
  providers: [RendererHandlers],
})
export class RendererModule {}
