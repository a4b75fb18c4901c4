export { ingestLogo, fitLogo, type IngestedLogo } from './logo.js';
export type { LogoRefusal } from './logo-refusal.js';
export type { SocialSource } from './social/read-source.js';
export { prepareSocial, type PreparedSocial } from './social/prepare-social.js';
export { composeSocial, type SocialValues, type ComposedSocial } from './social/compose-social.js';
export type { DocumentSlotRule, DocumentProblem, Box } from './document/document-slot.js';
export { prepareDocument, type DocumentSource, type PreparedDocument } from './document/prepare-document.js';
export { documentProof, type DocumentProof, type ReservedObject } from './document/prepared-document.js';
export { stampDocument, type DocumentValues, type StampedDocument } from './document/stamp-document.js';
