export { SealModule } from './seal.module.js';
export { SigningKeys, signingActor, type SigningActor } from './signing-keys.service.js';
export { SealRecords } from './seal-records.service.js';
export { openSigned, thumbprint, publicKeyOf, type Signed } from './signature.js';
export { hashOf, sha256 } from './canonical-json.js';
export { sealMaster, LockMismatch, type MasterSource } from './sealed-master.js';
export { openManifest, masterIn, type OpenManifest } from './manifest.js';
export { sealCopy, copyIn, type SealedCopy } from './activation-seal.js';
export { verifyBaked, type BakedSource } from './baked-check.js';
export { prepareCopy, verifyParts, ValueOutOfLanguage, type KnownCopy, type PreparedCopy } from './sealed-copy.js';
export { verifyEmail, verifyPage, tryReadMail, type EmailVerdict } from './verify-email.js';
export { mailHashes, verifyReceipt } from './receipt.js';
export type { ByteMatch, Pins } from './byte-match.js';
export type { Finding } from './finding.js';
export {
  openEvidence,
  verifyBy,
  verifyFile,
  type Evidence,
  type FileVerdict,
  type OpenEvidence,
} from './verify-file.js';
export { readKeys } from './key-file.js';
export { verifyDom } from './dom-match.js';
export { verifyPdf } from './pdf-seal.js';
export { lockedPixelsHash, verifyPixels, type Pixels } from './picture-seal.js';
