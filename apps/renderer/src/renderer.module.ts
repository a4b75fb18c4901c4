import { Module } from '@nestjs/common';
import { BrandModule } from '#brand';
import { ContactsModule } from '#contacts';
import { ContentModule } from '#content';
import { CompilePackageHandler } from './compile-package.handler.js';
import { ContactImportsHandler } from './contact-imports.handler.js';
import { LogosHandler } from './logos.handler.js';

/** Work that burns a processor or reads big files: compiling, co-branding, importing. */
@Module({
  imports: [ContentModule, ContactsModule, BrandModule],
  providers: [CompilePackageHandler, ContactImportsHandler, LogosHandler],
})
export class RendererModule {}
