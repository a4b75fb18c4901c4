export { OrganisationsModule } from './organisations.module.js';
export { Organisations, type NewOrganisation } from './organisations.service.js';
export { type IdempotencyKey, Memberships, type MembershipFilter, type ProgressCounts } from './memberships.service.js';
export { PartnerGroups } from './partner-groups.service.js';
export { matches, type GroupRule, type PartnerGroup } from './partner-group.js';
export type { Membership, MembershipStatus } from './membership.js';
export { defaultLanguage, defaultTimeZone, slugOf, type Organisation, type OrganisationKind } from './organisation.js';
