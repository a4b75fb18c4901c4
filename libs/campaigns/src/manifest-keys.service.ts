import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import { Clock, type VendorActor, type VendorId } from '#kernel';
import { type SigningKey, SigningKeySchema } from './campaign.schema.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What signs a vendor's manifests. */
export interface ManifestKey {
  /** SPKI, PEM: what a verifier needs, and nothing else. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/**
 * One Ed25519 key pair per vendor, made when it is first needed. The private half lies in the database encrypted
 * (AES-256-GCM) under a key derived from the installation's secret (HKDF, RFC 5869), bound to its vendor: a copy of the
 * database signs nothing, and a row moved to another vendor does not open.
 */
@Injectable()
export class ManifestKeys {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'SECRET_KEY'>,
  ) {}

  /** @throws Error when the installation's secret is not the one that encrypted the key. */
  async ofVendor(actor: VendorActor): Promise<ManifestKey> {
    return this.database.inTransaction(actor, async () => {
      const keys = this.database.manager.getRepository(SigningKeySchema);
      const known = await keys.findOneBy({ vendorId: actor.vendorId });
      if (known !== null) return this.open(known);
      // Two first publications at once: the second finds the first's key.
      await keys.createQueryBuilder().insert().values(this.generate(actor.vendorId)).orIgnore().execute();
      return this.open(await keys.findOneByOrFail({ vendorId: actor.vendorId }));
    });
  }

  private generate(vendorId: VendorId): SigningKey {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    return {
      vendorId,
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      encryptedPrivateKey: this.encrypt(vendorId, privateKey.export({ type: 'pkcs8', format: 'der' })),
      createdAt: this.clock.now(),
    };
  }

  private encrypt(vendorId: VendorId, plain: Buffer): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.wrappingKey(), nonce).setAAD(Buffer.from(vendorId));
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  private open({ vendorId, publicKey, encryptedPrivateKey }: SigningKey): ManifestKey {
    const nonce = encryptedPrivateKey.subarray(0, NONCE_BYTES);
    const tag = encryptedPrivateKey.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.wrappingKey(), nonce)
        .setAAD(Buffer.from(vendorId))
        .setAuthTag(tag);
      const plain = Buffer.concat([
        decipher.update(encryptedPrivateKey.subarray(NONCE_BYTES + TAG_BYTES)),
        decipher.final(),
      ]);
      return { publicKey, privateKey: createPrivateKey({ key: plain, type: 'pkcs8', format: 'der' }) };
    } catch (cause) {
      throw new Error('The signing key does not open: SECRET_KEY is not the one that it was made under.', { cause });
    }
  }

  private wrappingKey(): Buffer {
    return Buffer.from(hkdfSync('sha256', this.config.SECRET_KEY, '', 'throughline manifest keys', 32));
  }
}
