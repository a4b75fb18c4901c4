import { Module } from '@nestjs/common';
import { Memberships } from './memberships.service.js';
import { Organisations } from './organisations.service.js';
import { PartnerGroups } from './partner-groups.service.js';

@Module({
  providers: [Organisations, Memberships, PartnerGroups],
  exports: [Organisations, Memberships, PartnerGroups],
})
export class OrganisationsModule {}
