export { DomainError, notFound, type ErrorKind } from './domain-error.js';
export { editVersion, requireCurrent } from './edit-version.js';
export {
  newId,
  randomId,
  derivedId,
  isId,
  type Id,
  type OrganisationId,
  type VendorId,
  type PartnerId,
  type ProgrammeId,
  type MembershipId,
  type PartnerGroupId,
  type PartnerAttributeId,
  type UserId,
  type InvitationId,
  type ApiKeyId,
  type LogoId,
  type SendingIdentityId,
  type ContactId,
  type ContactListId,
  type ContactImportId,
  type SuppressionId,
  type CampaignId,
  type CampaignVersionId,
  type ActivationId,
  type EnrolmentId,
  type ReleaseId,
  type MessageId,
  type LeadId,
  type DealId,
} from './ids.js';
export { Clock, SystemClock, AdjustableClock } from './clock.js';
export {
  systemActor,
  partnerProcess,
  vendorProcess,
  type Actor,
  type VendorActor,
  type PartnerActor,
  type SystemActor,
  type PartnerProcess,
  type VendorProcess,
  type VendorRole,
  type PartnerRole,
} from './actor.js';
export { countryOf } from './country.js';
export { parseLocale, directionOf, bestLocale, isTimeZone, type Locale } from './locale.js';
export { localDay } from './local-day.js';
export type { SourceProblem } from './problem.js';
export { DAY_MS, HOUR_MS, MINUTE_MS } from './durations.js';
export { type ChecklistStep, checklistSteps } from './checklist.js';
export { messageOf } from './message-of.js';
export { ByteBudget } from './byte-budget.js';
export { networkOf } from './network-of.js';
export { groupBy } from './group-by.js';
export { addressesIn, maskAddresses } from './mail-addresses.js';
export { urlOf } from './web-address.js';
export { packageRoot } from './package-root.js';
export { Texts, type Translation } from './texts.js';
export { printable } from './printable.js';
export { type SealedColumns, SecretSealer } from './secret-sealer.js';
export { withLogContext, logContext } from './log-context.js';
