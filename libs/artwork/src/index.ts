export { ingestLogo, fitLogo, type IngestedLogo } from './logo.js';
export type { LogoRefusal } from './logo-refusal.js';
export {
  prepareSocial,
  composeSocial,
  type SocialSource,
  type PreparedSocial,
  type SocialValues,
  type ComposedSocial,
} from './social.js';
export {
  prepareDocument,
  stampDocument,
  type DocumentSlotRule,
  type DocumentSource,
  type PreparedDocument,
  type DocumentValues,
  type StampedDocument,
} from './document.js';
