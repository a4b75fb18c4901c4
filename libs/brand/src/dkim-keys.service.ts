import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import { type Id, newId, type SealedColumns, SecretSealer } from '#kernel';
import type { SigningKey } from '#mailer';
import type { PublishedKey } from './domain-records.js';
import type { DomainOwner } from './domain-owner.js';

const generate = promisify(generateKeyPair) as unknown as (
  type: 'rsa' | 'ed25519',
  options: { modulusLength: number },
) => Promise<{ publicKey: KeyObject; privateKey: KeyObject }>;

/**
 * RFC 8301, 3.2.
 * Longer keys exceed the 512 bytes that some resolvers accept.
 */
const RSA_BITS = 2048;
/**
 * The last bytes of an Ed25519 public key's DER are the point (RFC 8410).
 * RFC 8463 publishes the point.
 */
const POINT_BYTES = 32;
const TABLES = {
  partner: { table: 'brand.dkim_key', owner: 'partner_id' },
  vendor: { table: 'brand.vendor_dkim_key', owner: 'vendor_id' },
} as const;
const PURPOSE = 'throughline dkim keys';
export const SEALED_DKIM_KEYS: readonly SealedColumns[] = Object.values(TABLES).map(({ table, owner }) => ({
  table,
  columns: ['sealed_private_key'],
  owner,
  purpose: PURPOSE,
}));
/** Owners whose decrypted keys a process caches. */
const CACHED = 1000;

/**
 * Key pairs that sign a domain's mail: generated here, never shown, encrypted
 * at rest. Every method joins the open transaction of the owner's scope.
 */
@Injectable()
export class DkimKeys {
  private readonly sealer: SecretSealer;
  private readonly opened = new LRUCache<string, readonly SigningKey[]>({ max: CACHED });

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) config: Pick<Config, 'SECRET_KEY'>,
  ) {
    this.sealer = new SecretSealer(config.SECRET_KEY, PURPOSE);
  }

  /**
   * Makes one pair of each algorithm, with its own selector.
   * So two partners of one domain do not collide.
   */
  async make({ kind, id }: DomainOwner): Promise<void> {
    const { table, owner } = TABLES[kind];
    // The random end of a UUIDv7.
    const mark = newId<Id<'dkim-selector'>>().slice(-8);
    for (const algorithm of ['rsa', 'ed25519'] as const) {
      const { publicKey, privateKey } = await generate(algorithm, { modulusLength: RSA_BITS });
      const spki = publicKey.export({ type: 'spki', format: 'der' });
      const published = (algorithm === 'rsa' ? spki : spki.subarray(-POINT_BYTES)).toString('base64');
      const sealed = this.sealer.seal(id, privateKey.export({ type: 'pkcs8', format: 'der' }));
      await this.database.query(
        `INSERT INTO ${table} (${owner}, algorithm, selector, public_key, sealed_private_key) VALUES ($1, $2, $3, $4, $5)`,
        [id, algorithm, `tl-${algorithm === 'rsa' ? 'r' : 'e'}-${mark}`, published, sealed],
      );
    }
  }

  /** The public halves, RSA first. */
  published({ kind, id }: DomainOwner): Promise<PublishedKey[]> {
    const { table, owner } = TABLES[kind];
    return this.database.query<PublishedKey>(
      `SELECT algorithm, selector, public_key FROM ${table} WHERE ${owner} = $1 ORDER BY algorithm DESC`,
      [id],
    );
  }

  /**
   * The signing keys of a domain, cached per process.
   * Parsing costs more than an Ed25519 signature.
   * @param version changes with every choice of a domain, which makes new keys.
   * @throws Error when a key does not decrypt with the installation's secret.
   */
  async signing({ kind, id }: DomainOwner, domain: string, version: string): Promise<readonly SigningKey[]> {
    const { table, owner } = TABLES[kind];
    const name = `${id} ${version}`;
    const known = this.opened.get(name);
    if (known !== undefined) return known;
    const rows = await this.database.query<PublishedKey & { sealed: Buffer }>(
      `SELECT algorithm, selector, sealed_private_key AS sealed FROM ${table} WHERE ${owner} = $1 ORDER BY algorithm DESC`,
      [id],
    );
    const keys = rows.map(({ algorithm, selector, sealed }) => ({
      domain,
      selector,
      algorithm,
      key: createPrivateKey({ key: this.sealer.open(id, sealed), type: 'pkcs8', format: 'der' }),
    }));
    this.opened.set(name, keys);
    return keys;
  }
}
