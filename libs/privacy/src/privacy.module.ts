import { Module } from '@nestjs/common';
import { ContactsModule } from '#contacts';
import { PersonFiles } from './person-files.service.js';
import { Retentions } from './retentions.service.js';

@Module({ imports: [ContactsModule], providers: [PersonFiles, Retentions], exports: [PersonFiles, Retentions] })
export class PrivacyModule {}
