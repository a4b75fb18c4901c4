import { Module } from '@nestjs/common';
import { Memberships } from './memberships.service.js';
import { Organisations } from './organisations.service.js';
import { PartnerGroups } from './partner-groups.service.js';
import { RelayConsents } from './relay-consents.service.js';

@Module({
  providers: [Organisations, Memberships, PartnerGroups, RelayConsents],
  exports: [Organisations, Memberships, PartnerGroups, RelayConsents],
})
export class OrganisationsModule {}
