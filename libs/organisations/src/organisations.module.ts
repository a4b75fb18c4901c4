import { Module } from '@nestjs/common';
import { Memberships } from './memberships.service.js';
import { Organisations } from './organisations.service.js';
import { PartnerGroups } from './partner-groups.service.js';
import { SharedTotals } from './shared-totals.service.js';
import { RelayConsents } from './relay-consents.service.js';

@Module({
  providers: [Organisations, Memberships, PartnerGroups, RelayConsents, SharedTotals],
  exports: [Organisations, Memberships, PartnerGroups, RelayConsents, SharedTotals],
})
export class OrganisationsModule {}
