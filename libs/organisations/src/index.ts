export { OrganisationsModule } from './organisations.module.js';
export { Organisations } from './organisations.service.js';
export { type Distributor, Distributors } from './distributors.service.js';
export { type Assignee, ManagedPartners } from './managed-partners.service.js';
export { type IdempotencyKey, MembershipInvitations } from './membership-invitations.service.js';
export { Memberships } from './memberships.service.js';
export { MembershipHistory } from './membership-history.service.js';
export { MembershipTiers } from './membership-tiers.service.js';
export {
  type RelayConsent,
  type RelayConsentPurpose,
  RelayConsents,
  type PlacedHost,
  type VendorHost,
} from './relay-consents.service.js';
export { CountedDeals, type CountedDealsChoice } from './counted-deals.service.js';
export { SharedTotals, type SharedTotalsChoice } from './shared-totals.service.js';
export { VENDOR_SERVERS_CHANGED } from './organisations.jobs.js';
export { PartnerGroups, partnerGroupVersion } from './partner-groups.service.js';
export {
  type AnnouncedEnd,
  announcedEnd,
  type Membership,
  type MembershipStatus,
  mayLaunch,
  mayRunCampaigns,
} from './membership.js';
export { type EndWish, lastDayBefore, plannedEnd } from './membership-end.js';
export { type DueEnd, type EndNews, MembershipEnds, type Pair } from './membership-ends.service.js';
export { companyKey } from './company-key.js';
export type { GroupRule, PartnerGroup } from './partner-group.js';
export { PartnerAttributes, partnerAttributeVersion } from './partner-attributes.service.js';
export { AttributeValues } from './attribute-values.service.js';
export {
  type FieldChange,
  type ImportContext,
  type ImportedPartner,
  type ImportField,
  planImport,
  type PlannedRow,
  type RowFault,
} from './partner-import.js';
export { type PartnerAttribute, type PartnerValue, requireUsableConditions } from './partner-attribute.js';
export { traitKey } from './trait-key.js';
export { type PhoneLink, phoneLink } from './phone.js';
export { defaultLanguage, defaultTimeZone, slugOf } from './organisation.js';
