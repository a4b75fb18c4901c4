export { ingestLogo } from './ingest-logo.js';
export { fitLogo } from './logo.js';
export { prepareSocial } from './social/prepare-social.js';
export { composeSocial } from './social/compose-social.js';
export { socialProof } from './social/social-proof.js';
export { prepareDocument } from './document/prepare-document.js';
export { documentProof } from './document/prepared-document.js';
export { stampDocument, type DocumentValues } from './document/stamp-document.js';
export { slotsOnPages, slotsOnPicture, type SlotOnPage } from './slot-places.js';
