import { Module } from '@nestjs/common';
import { ContactsModule } from '#contacts';
import { DataSubjectExports } from './data-subject-exports.service.js';
import { Retentions } from './retentions.service.js';

@Module({
  imports: [ContactsModule],
  providers: [DataSubjectExports, Retentions],
  exports: [DataSubjectExports, Retentions],
})
export class PrivacyModule {}
