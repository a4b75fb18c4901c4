import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '#config';
import type { SigningKey } from '#contracts';
import { Database } from '#database';
import { Clock, type SystemActor, systemActor, type VendorActor, type VendorId } from '#kernel';
import { PrivateKeyCipher } from './private-key-cipher.js';
import { type Signed, signPayload, type SigningPair, thumbprint } from './signature.js';

/** Who may sign for a vendor: its users, or a process that names the vendor. */
export type SigningActor = VendorActor | (SystemActor & { readonly vendorId: VendorId });

/** A process that signs for a vendor. */
export const signingActor = (vendorId: VendorId): SigningActor => ({ ...systemActor('seal', { vendorId }), vendorId });

interface KeyRow {
  readonly keyId: string;
  readonly x: string;
  readonly encryptedPrivateKey: Buffer | null;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
}

/** How long a process uses a key that another process may have retired. */
const KEPT_MS = 60_000;

/**
 * A vendor's key pairs. One signs and is created at first use. Older ones only
 * verify.
 */
@Injectable()
export class SigningKeys {
  private readonly cipher: PrivateKeyCipher;
  private readonly opening = new Map<VendorId, Promise<SigningPair>>();
  private readonly cache = new Map<VendorId, { readonly pair: SigningPair; readonly atMs: number }>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Pick<Config, 'SECRET_KEY'>,
  ) {
    this.cipher = new PrivateKeyCipher(config.SECRET_KEY);
  }

  /**
   * Signs with the vendor's key.
   * @throws Error if SECRET_KEY cannot decrypt the key.
   */
  async sign<T extends { readonly format: string }>(actor: SigningActor, payload: T): Promise<Signed<T>> {
    return signPayload(payload, await this.pair(actor));
  }

  /**
   * Every public key of the vendor, newest first; empty before the first
   * signature.
   */
  async publicKeys(actor: SigningActor): Promise<SigningKey[]> {
    const rows = await this.database.inTransaction(actor, () => this.rows(actor.vendorId));
    return rows.map(({ keyId, x, createdAt, retiredAt }) => ({
      kty: 'OKP',
      crv: 'Ed25519',
      x,
      kid: keyId,
      use: 'sig',
      alg: 'EdDSA',
      createdAt: createdAt.toISOString(),
      retiredAt: retiredAt?.toISOString() ?? null,
    }));
  }

  /**
   * Retires the signing key and creates a new one, in one transaction.
   * Deletes the old private key. Its signatures stay verifiable.
   * Other processes use the new key within a minute.
   * @returns the new key id.
   */
  async rotate(actor: VendorActor): Promise<string> {
    return this.database.inTransaction(actor, async () => {
      await this.database.query(
        `UPDATE seal.signing_key SET retired_at = $2, encrypted_private_key = NULL
         WHERE vendor_id = $1 AND retired_at IS NULL`,
        [actor.vendorId, this.clock.now()],
      );
      this.database.afterCommit(() => this.cache.delete(actor.vendorId));
      return (await this.liveKey(actor.vendorId)).keyId;
    });
  }

  private pair(actor: SigningActor): Promise<SigningPair> {
    const nowMs = this.clock.now().getTime();
    const kept = this.cache.get(actor.vendorId);
    if (kept !== undefined && Math.abs(nowMs - kept.atMs) < KEPT_MS) return Promise.resolve(kept.pair);
    if (this.database.isInTransaction) return this.read(actor, nowMs);
    // Concurrent signatures share one decryption.
    const opening =
      this.opening.get(actor.vendorId) ?? this.read(actor, nowMs).finally(() => this.opening.delete(actor.vendorId));
    this.opening.set(actor.vendorId, opening);
    return opening;
  }

  private read(actor: SigningActor, nowMs: number): Promise<SigningPair> {
    return this.database.inTransaction(actor, async () => {
      const opened = this.open(actor.vendorId, await this.liveKey(actor.vendorId));
      // Cached only after the commit: the transaction may still roll back a new
      // key.
      this.database.afterCommit(() => this.cache.set(actor.vendorId, { pair: opened, atMs: nowMs }));
      return opened;
    });
  }

  private async liveKey(vendorId: VendorId): Promise<KeyRow> {
    const live = async (): Promise<KeyRow | undefined> =>
      (await this.rows(vendorId)).find(({ retiredAt }) => retiredAt === null);
    const known = await live();
    if (known !== undefined) return known;
    const { privateKey } = generateKeyPairSync('ed25519');
    const x = publicHalf(privateKey);
    // Two concurrent first signatures: the second uses the key of the first.
    await this.database.query(
      `INSERT INTO seal.signing_key (vendor_id, key_id, x, encrypted_private_key, created_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [vendorId, thumbprint(x), x, this.cipher.encrypt(vendorId, privateKey), this.clock.now()],
    );
    const made = await live();
    if (made === undefined) throw new Error('The new signing key is missing.');
    return made;
  }

  private rows(vendorId: VendorId): Promise<KeyRow[]> {
    return this.database.query<KeyRow>(
      `SELECT key_id, x, encrypted_private_key, created_at, retired_at
       FROM seal.signing_key WHERE vendor_id = $1 ORDER BY retired_at DESC NULLS FIRST, created_at DESC`,
      [vendorId],
    );
  }

  private open(vendorId: VendorId, { keyId, x, encryptedPrivateKey }: KeyRow): SigningPair {
    if (encryptedPrivateKey === null) throw new Error('A retired key cannot sign.');
    const privateKey = this.cipher.decrypt(vendorId, encryptedPrivateKey);
    if (publicHalf(privateKey) !== x || thumbprint(x) !== keyId)
      throw new Error('The private signing key does not match its public key.');
    return { keyId, privateKey };
  }
}

/** `x` of RFC 8037. */
function publicHalf(privateKey: KeyObject): string {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (x === undefined) throw new Error('This is not an Ed25519 key.');
  return x;
}
