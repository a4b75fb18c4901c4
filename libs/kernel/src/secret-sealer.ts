import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Keeps secrets in the database as AES-256-GCM under a key derived from the installation's secret for one purpose (HKDF, RFC 5869),
 * bound to their owner: a copy of the database opens none, and a row moved to another owner does not open either.
 */
export class SecretSealer {
  private readonly wrappingKey: Buffer;

  /** @param purpose tells keys of different uses apart; never changed once something was sealed under it. */
  constructor(secret: string, purpose: string) {
    this.wrappingKey = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  }

  /** @returns nonce, tag and ciphertext. */
  seal(owner: string, plain: Buffer): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.wrappingKey, nonce).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when the secret is not the one that sealed it, or it belongs to another owner. */
  open(owner: string, sealed: Buffer): Buffer {
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.wrappingKey, nonce)
      .setAAD(Buffer.from(owner))
      .setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  }
}
