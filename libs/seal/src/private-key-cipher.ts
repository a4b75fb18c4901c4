import { createCipheriv, createDecipheriv, createPrivateKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Keeps private keys as AES-256-GCM under a key derived from the installation's secret (HKDF, RFC 5869), bound to their
 * vendor: a copy of the database signs nothing, and a row moved to another vendor does not open.
 */
export class PrivateKeyCipher {
  private readonly wrappingKey: Buffer;

  constructor(secret: string) {
    this.wrappingKey = Buffer.from(hkdfSync('sha256', secret, '', 'throughline manifest keys', 32));
  }

  close(vendorId: string, privateKey: KeyObject): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.wrappingKey, nonce).setAAD(Buffer.from(vendorId));
    const sealed = Buffer.concat([cipher.update(privateKey.export({ type: 'pkcs8', format: 'der' })), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when the secret is not the one that closed it, or it belongs to another vendor. */
  open(vendorId: string, closed: Buffer): KeyObject {
    const nonce = closed.subarray(0, NONCE_BYTES);
    const tag = closed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.wrappingKey, nonce)
        .setAAD(Buffer.from(vendorId))
        .setAuthTag(tag);
      const key = Buffer.concat([decipher.update(closed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      return createPrivateKey({ key, type: 'pkcs8', format: 'der' });
    } catch (cause) {
      throw new Error('The signing key does not open: SECRET_KEY is not the one that it was made under.', { cause });
    }
  }
}
