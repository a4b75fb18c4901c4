import { Module } from '@nestjs/common';
import { ContactsModule } from '#contacts';
import { DataSubjectExports } from './data-subject-exports.service.js';
import { OrganisationExports } from './organisation-exports.service.js';
import { OrganisationExportWriter } from './organisation-export-writer.service.js';
import { Retentions } from './retentions.service.js';

@Module({
  imports: [ContactsModule],
  providers: [DataSubjectExports, OrganisationExports, OrganisationExportWriter, Retentions],
  exports: [DataSubjectExports, OrganisationExports, Retentions],
})
export class PrivacyModule {}
