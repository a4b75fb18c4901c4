import { Module } from '@nestjs/common';
import { MembershipHistory } from './membership-history.service.js';
import { MembershipEnds } from './membership-ends.service.js';
import { AttributeValues } from './attribute-values.service.js';
import { CountedDeals } from './counted-deals.service.js';
import { Distributors } from './distributors.service.js';
import { ManagedPartners } from './managed-partners.service.js';
import { MembershipTiers } from './membership-tiers.service.js';
import { MembershipInvitations } from './membership-invitations.service.js';
import { Memberships } from './memberships.service.js';
import { Organisations } from './organisations.service.js';
import { PartnerAttributes } from './partner-attributes.service.js';
import { PartnerGroups } from './partner-groups.service.js';
import { SharedTotals } from './shared-totals.service.js';
import { RelayConsents } from './relay-consents.service.js';

@Module({
  providers: [
    Organisations,
    MembershipInvitations,
    Memberships,
    MembershipTiers,
    MembershipHistory,
    Distributors,
    ManagedPartners,
    PartnerAttributes,
    AttributeValues,
    MembershipEnds,
    PartnerGroups,
    RelayConsents,
    CountedDeals,
    SharedTotals,
  ],
  exports: [
    Organisations,
    MembershipInvitations,
    Memberships,
    MembershipTiers,
    MembershipHistory,
    Distributors,
    ManagedPartners,
    MembershipEnds,
    PartnerAttributes,
    AttributeValues,
    PartnerGroups,
    RelayConsents,
    CountedDeals,
    SharedTotals,
  ],
})
export class OrganisationsModule {}
