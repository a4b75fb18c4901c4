export { BrandModule } from './brand.module.js';
export { BrandProfiles } from './brand-profiles.service.js';
export { INGEST_LOGO } from './brand.jobs.js';
export { LogoReader } from './logo-reader.service.js';
export { PageBrands, type PageBrand } from './page-brands.service.js';
export { Logos } from './logos.service.js';
export type { Logo, LogoReading, LogoSurface } from './logo.js';
export {
  SendingPreferences,
  type SendingPreference,
  type SendingPreferenceState,
} from './sending-preferences.service.js';
export { SendingIdentities, type IdentityStatus, type SendingIdentity } from './sending-identities.service.js';
export type { DomainChange } from './sending-domain-checks.service.js';
export type { SendingDomain } from './sending-domain-store.service.js';
export { domainChoiceVersion, SendingDomains } from './sending-domains.service.js';
export { VerifiedHosts, type HostClaim } from './verified-hosts.service.js';
export { type HostProof, unprovenHost } from './host-proof.js';
export type { SendingDomainState } from './sending-domain.js';
export { contrastProblems } from './brand-colours.js';
export { inLocale, missing, provenWebsite, type BrandProfile, type Missing } from './brand-profile.js';
export { type BrandProfileInput, withChanges } from './brand-profile-input.js';
