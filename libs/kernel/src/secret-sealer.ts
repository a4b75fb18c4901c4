import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Columns of a table that a SecretSealer has filled, as `throughline secret-key
 * rotate` finds them.
 */
export interface SealedColumns {
  /** With its schema. */
  readonly table: string;
  readonly columns: readonly string[];
  /** The column with the owner that the secrets are bound to. */
  readonly owner: string;
  readonly purpose: string;
}

/**
 * Encrypts secrets for the database by AES-256-GCM, with a key derived from the
 * installation's secret for one purpose (HKDF, RFC 5869), bound to the owner. A
 * copy of the database, or a row moved to another owner, cannot be opened.
 */
export class SecretSealer {
  private readonly wrappingKey: Buffer;

  /**
   * @param purpose separates keys of different uses. Never change it after
   *   something was sealed.
   */
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

  /** @throws Error if the secret or the owner is another one. */
  open(owner: string, sealed: Buffer): Buffer {
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.wrappingKey, nonce)
      .setAAD(Buffer.from(owner))
      .setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  }
}
