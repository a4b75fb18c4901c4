import type { Receipt, SignedReceipt } from '#contracts';
import { newId } from '#kernel';

const HASH = 'a'.repeat(64);

/** A receipt of a verified message. */
export const aReceipt = (changes: Partial<Receipt> = {}): Receipt => ({
  format: 'throughline/receipt@1',
  vendorId: newId(),
  subject: { kind: 'message', id: newId() },
  activationId: newId(),
  versionId: newId(),
  manifestHash: HASH,
  medium: 'email',
  key: 'welcome',
  locale: 'en',
  sealedAt: '2026-05-01T09:00:00.000Z',
  origin: 'https://go.northwind.example',
  verified: 'final-bytes',
  hashes: { bytes: HASH },
  ...changes,
});

/** The same, as stored. Its signature is invalid. */
export const aSigned = (changes: Partial<Receipt> = {}): SignedReceipt => ({
  payload: aReceipt(changes),
  signature: { algorithm: 'Ed25519', keyId: 'none', value: 'none' },
});
