import { generateKeyPairSync } from 'node:crypto';
import type { ActivationSeal, Receipt, SigningKey } from '#contracts';
import { newId } from '#kernel';
import type { BakedMaster, Master } from '#rendering';
import { type Evidence, mailHashes, openManifest, sealCopy, sha256 } from '#seal';
import { CampaignSeals } from '../../libs/campaigns/src/campaign-seals.service.js';
import { SealedContents } from '../../libs/campaigns/src/sealed-contents.service.js';
import { aReceipt } from '../../libs/seal/src/seal.fixture.js';
import { signPayload, type SigningPair, thumbprint } from '../../libs/seal/src/signature.js';
import { type CompiledSample, ORIGIN } from './compiled-samples.js';
import { tryReadMail } from '../../libs/seal/src/verify-email.js';

/**
 * A vendor with a key: seals what it publishes, and what its partners send, as
 * the product does.
 */
export class SigningVendor {
  private constructor(
    readonly keys: readonly SigningKey[],
    private readonly pair: SigningPair,
    readonly manifest: object,
    private readonly manifestHash: string,
  ) {}

  /** Publishes a campaign with a new key. */
  static async publish({ compiled, blobs }: CompiledSample): Promise<SigningVendor> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const { x = '' } = publicKey.export({ format: 'jwk' });
    const pair = { keyId: thumbprint(x), privateKey };
    let manifest: object = {};
    const stored = { load: async () => compiled } as never;
    const store = {
      get: async (hash: string) => blobs.get(hash),
      put: async (bytes: Buffer) => void (manifest = JSON.parse(bytes.toString())),
    } as never;
    const config = { PUBLIC_URL: ORIGIN };
    const seals = new CampaignSeals(
      stored,
      new SealedContents(stored, store, config),
      { sign: async (_: unknown, payload: { format: string }) => signPayload(payload, pair) } as never,
      store,
      { now: () => new Date() },
      { requireNoneRecalled: async () => undefined } as never,
      config,
    );
    const version = {
      vendorId: newId(),
      campaignId: newId(),
      id: newId(),
      number: 1,
      packageHash: '0'.repeat(64),
      compiledHash: '0'.repeat(64),
    };
    await seals.seal({} as never, version as never);
    const key: SigningKey = {
      kty: 'OKP',
      crv: 'Ed25519',
      x,
      kid: pair.keyId,
      use: 'sig',
      alg: 'EdDSA',
      createdAt: new Date(0).toISOString(),
      retiredAt: null,
    };
    return new SigningVendor([key], pair, manifest, openManifest(manifest, [key]).hash);
  }

  get payload(): ReturnType<typeof openManifest>['manifest'] {
    return openManifest(this.manifest, this.keys).manifest;
  }

  /** The seal of an activation that has these copies. */
  sealOf(copies: readonly { readonly key: string; readonly master: Master; readonly baked: BakedMaster }[]): object {
    const payload: ActivationSeal = {
      format: 'throughline/activation-seal@1',
      vendorId: newId(),
      activationId: newId(),
      versionId: newId(),
      manifestHash: this.manifestHash,
      sealedAt: new Date(0).toISOString(),
      origin: ORIGIN,
      partnerHosts: [],
      masters: copies.map(({ key, master, baked }) => {
        const sealed = this.payload.masters.find(
          (one) => one.kind === master.kind && one.key === key && one.locale === master.locale,
        );
        if (sealed === undefined) throw new Error(`The manifest has no ${key}.`);
        return sealCopy(sealed, baked);
      }),
    };
    return signPayload(payload, this.pair);
  }

  /** The receipt of a file as it left. */
  receiptOf(bytes: Buffer, of: Pick<Receipt, 'medium' | 'key' | 'locale'>, seal?: object): object {
    const mail = of.medium === 'email' ? tryReadMail(bytes) : null;
    if (mail !== null && 'code' in mail) throw new Error(mail.message);
    const hashes = mail === null ? { bytes: sha256(bytes) } : mailHashes(bytes, mail);
    const activationId = (seal as { payload: ActivationSeal } | undefined)?.payload.activationId ?? newId();
    return signPayload(
      aReceipt({ ...of, hashes, activationId, manifestHash: this.manifestHash, origin: ORIGIN }),
      this.pair,
    );
  }

  evidence(more: Pick<Evidence, 'seal' | 'receipt'> = {}): Evidence {
    return { manifest: this.manifest, keys: this.keys, ...more };
  }
}
