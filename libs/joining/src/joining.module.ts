import { Module } from '@nestjs/common';
import { BrandModule } from '#brand';
import { IdentityModule } from '#identity';
import { OrganisationsModule } from '#organisations';
import { ApplicationForms } from './applications/application-forms.service.js';
import { ApplicationMail } from './applications/application-mail.service.js';
import { ApplicationRequests } from './applications/application-requests.service.js';
import { Applications } from './applications/applications.service.js';
import { ProposedPartners } from './applications/proposed-partners.service.js';

@Module({
  imports: [BrandModule, IdentityModule, OrganisationsModule],
  providers: [ApplicationForms, ApplicationMail, ApplicationRequests, Applications, ProposedPartners],
  exports: [ApplicationForms, ApplicationRequests, Applications, ProposedPartners],
})
export class JoiningModule {}
