export { OrganisationsModule } from './organisations.module.js';
export { Organisations } from './organisations.service.js';
export { type IdempotencyKey, Memberships } from './memberships.service.js';
export {
  type RelayConsent,
  type RelayConsentPurpose,
  RelayConsents,
  type PlacedHost,
  type VendorHost,
} from './relay-consents.service.js';
export { SharedTotals, type SharedTotalsChoice } from './shared-totals.service.js';
export { VENDOR_SERVERS_CHANGED } from './organisations.jobs.js';
export { PartnerGroups, partnerGroupVersion } from './partner-groups.service.js';
export { matches, type GroupRule, type PartnerGroup } from './partner-group.js';
export { announcedEnd, type Membership, type MembershipStatus, mayLaunch, mayRunCampaigns } from './membership.js';
export { type EndWish, lastDayBefore, plannedEnd } from './membership-end.js';
export { type DueEnd, type EndNews, MembershipEnds, type Pair } from './membership-ends.service.js';
export { type PhoneLink, phoneLink } from './phone.js';
export { defaultLanguage, defaultTimeZone, slugOf } from './organisation.js';
