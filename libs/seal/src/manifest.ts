import { type Manifest, type SealedMaster, SignedManifest, type SigningKey } from '#contracts';
import { DomainError } from '#kernel';
import { hashOf } from './canonical-json.js';
import { brokenLock } from './sealed-master.js';
import { openSigned } from './signature.js';

/** A manifest whose signature and hashes were verified. */
export interface OpenManifest {
  readonly manifest: Manifest;
  /** Receipts and activation seals name the manifest by it. */
  readonly hash: string;
}

/**
 * Opens a signed manifest: verifies the signature, then that locks and roots
 * match the bytes.
 * @throws DomainError `seal.malformed`, `seal.key-unknown`,
 *   `seal.signature-wrong`, `seal.manifest-broken`.
 */
export function openManifest(document: unknown, keys: readonly SigningKey[]): OpenManifest {
  const manifest = openSigned(SignedManifest, 'manifest', document, keys);
  for (const master of manifest.masters) {
    const broken = brokenLock(master);
    if (broken === null) continue;
    throw new DomainError(
      'seal.manifest-broken',
      `The manifest contradicts itself in ${broken === '' ? '' : `the lock “${broken}” of `}${master.kind} ${master.key} (${master.locale}). Publish the campaign again.`,
      { field: `masters.${master.key}` },
    );
  }
  return { manifest, hash: hashOf(manifest) };
}

/** An e-mail or page of a manifest. */
export const masterIn = (
  { masters }: Pick<Manifest, 'masters'>,
  kind: SealedMaster['kind'],
  key: string,
  locale: string,
): SealedMaster | undefined =>
  masters.find((master) => master.kind === kind && master.key === key && master.locale === locale);
