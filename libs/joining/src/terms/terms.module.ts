import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { NotificationsModule } from '#notifications';
import { OrganisationsModule } from '#organisations';
import { PartnerTerms } from './partner-terms.service.js';
import { ProgrammeTerms } from './programme-terms.service.js';
import { TermsMail } from './terms-mail.service.js';

@Module({
  imports: [IdentityModule, NotificationsModule, OrganisationsModule],
  providers: [PartnerTerms, ProgrammeTerms, TermsMail],
  exports: [PartnerTerms, ProgrammeTerms, TermsMail],
})
export class TermsModule {}
