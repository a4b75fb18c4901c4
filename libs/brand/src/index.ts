export { BrandModule } from './brand.module.js';
export { BrandProfiles } from './brand-profiles.service.js';
export { INGEST_LOGO } from './brand.jobs.js';
export { LogoReader } from './logo-reader.service.js';
export { PageBrands, type PageBrand } from './page-brands.service.js';
export { Logos } from './logos.service.js';
export type { Logo, LogoReading, LogoSurface } from './logo.js';
export { SendingIdentities, type IdentityStatus, type SendingIdentity } from './sending-identities.service.js';
export { SendingDomains, type DomainChange, type SendingDomain } from './sending-domains.service.js';
export { VerifiedHosts, type HostClaim } from './verified-hosts.service.js';
export { type HostProof, unprovenHost } from './host-proof.js';
export type { SendingDomainState } from './sending-domain.js';
export {
  contrastProblems,
  inLocale,
  missing,
  provenWebsite,
  withChanges,
  type BrandProfile,
  type BrandProfileInput,
  type Missing,
} from './brand-profile.js';
