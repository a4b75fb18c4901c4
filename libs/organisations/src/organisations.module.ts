import { Module } from '@nestjs/common';
import { MembershipEnds } from './membership-ends.service.js';
import { Memberships } from './memberships.service.js';
import { Organisations } from './organisations.service.js';
import { PartnerGroups } from './partner-groups.service.js';
import { SharedTotals } from './shared-totals.service.js';
import { RelayConsents } from './relay-consents.service.js';

@Module({
  providers: [Organisations, Memberships, MembershipEnds, PartnerGroups, RelayConsents, SharedTotals],
  exports: [Organisations, Memberships, MembershipEnds, PartnerGroups, RelayConsents, SharedTotals],
})
export class OrganisationsModule {}
