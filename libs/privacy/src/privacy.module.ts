import { Module } from '@nestjs/common';
import { ActivationsModule } from '#activations';
import { ContactsModule } from '#contacts';
import { IdentityModule } from '#identity';
import { LeadsModule } from '#leads';
import { OrganisationsModule } from '#organisations';
import { DataSubjectExports } from './data-subject-exports.service.js';
import { DeletionEnds } from './deletion-ends.service.js';
import { DeletionMail } from './deletion-mail.service.js';
import { OrganisationData } from './organisation-data.service.js';
import { OrganisationDeletions } from './organisation-deletions.service.js';
import { OrganisationEraser } from './organisation-eraser.service.js';
import { OrganisationExports } from './organisation-exports.service.js';
import { OrganisationExportWriter } from './organisation-export-writer.service.js';
import { Retentions } from './retentions.service.js';

@Module({
  imports: [ActivationsModule, ContactsModule, IdentityModule, LeadsModule, OrganisationsModule],
  providers: [
    DataSubjectExports,
    DeletionEnds,
    DeletionMail,
    OrganisationData,
    OrganisationDeletions,
    OrganisationEraser,
    OrganisationExports,
    OrganisationExportWriter,
    Retentions,
  ],
  exports: [DataSubjectExports, OrganisationDeletions, OrganisationEraser, OrganisationExports, Retentions],
})
export class PrivacyModule {}
