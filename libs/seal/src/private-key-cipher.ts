import { createPrivateKey, type KeyObject } from 'node:crypto';
import { type SealedColumns, SecretSealer } from '#kernel';

export const SEALED_SIGNING_KEYS: SealedColumns = {
  table: 'seal.signing_key',
  columns: ['encrypted_private_key'],
  owner: 'vendor_id',
  purpose: 'throughline manifest keys',
};

/** Encrypts a vendor's private keys. The result is bound to the vendor. */
export class PrivateKeyCipher {
  private readonly sealer: SecretSealer;

  constructor(secret: string) {
    this.sealer = new SecretSealer(secret, SEALED_SIGNING_KEYS.purpose);
  }

  encrypt(vendorId: string, privateKey: KeyObject): Buffer {
    return this.sealer.seal(vendorId, privateKey.export({ type: 'pkcs8', format: 'der' }));
  }

  /** @throws Error if the secret or the vendor is a different one. */
  decrypt(vendorId: string, closed: Buffer): KeyObject {
    try {
      return createPrivateKey({ key: this.sealer.open(vendorId, closed), type: 'pkcs8', format: 'der' });
    } catch (cause) {
      throw new Error('The signing key cannot be decrypted: SECRET_KEY is not the one that encrypted it.', { cause });
    }
  }
}
