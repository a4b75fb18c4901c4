export { BrandModule } from './brand.module.js';
export { BrandProfiles } from './brand-profiles.service.js';
export { SendingIdentities, type SendingIdentity } from './sending-identities.service.js';
export {
  contrastProblems,
  inLocale,
  missing,
  type BrandColours,
  type BrandContact,
  type BrandProblem,
  type BrandProfile,
  type BrandProfileInput,
  type LocaleOverride,
} from './brand-profile.js';
