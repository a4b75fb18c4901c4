import { Module } from '@nestjs/common';
import { ContactsModule } from '#contacts';
import { ContentModule } from '#content';
import { CompilePackageHandler } from './compile-package.handler.js';
import { ContactImportsHandler } from './contact-imports.handler.js';

/** Work that burns a processor or reads big files: compiling, co-branding, importing. */
@Module({
  imports: [ContentModule, ContactsModule],
  providers: [CompilePackageHandler, ContactImportsHandler],
})
export class RendererModule {}
