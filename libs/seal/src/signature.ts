import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { z } from 'zod';
import type { SigningKey } from '#contracts';
import { DomainError } from '#kernel';
import { canonicalJson } from './canonical-json.js';

export interface Signed<T> {
  readonly payload: T;
  readonly signature: { readonly algorithm: 'Ed25519'; readonly keyId: string; readonly value: string };
}

/** A private key with the name of its public half. */
export interface SigningPair {
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

/**
 * Signs a payload's canonical JSON. It includes the `format`, so that a
 * signature is valid for one kind of document only.
 */
export function signPayload<T extends { readonly format: string }>(payload: T, pair: SigningPair): Signed<T> {
  const value = sign(null, canonicalJson(payload), pair.privateKey).toString('base64url');
  return { payload, signature: { algorithm: 'Ed25519', keyId: pair.keyId, value } };
}

/**
 * Reads a signed document and verifies its signature.
 * @throws DomainError `seal.malformed`, `seal.key-unknown`,
 *   `seal.signature-wrong`.
 */
export function openSigned<T>(
  schema: z.ZodType<Signed<T>>,
  noun: string,
  document: unknown,
  keys: readonly SigningKey[],
): T {
  const read = schema.safeParse(document);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new DomainError(
      'seal.malformed',
      `This is not a valid ${noun}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}. Download it again.`,
      { field: issue?.path.join('.') ?? '' },
    );
  }
  const { payload, signature } = read.data;
  const key = keys.find(({ kid }) => kid === signature.keyId);
  if (key === undefined)
    throw new DomainError(
      'seal.key-unknown',
      `The ${noun} is signed with the key ${signature.keyId}, which is not among the given keys. Download the vendor’s public keys again.`,
      { field: 'signature.keyId' },
    );
  if (!verify(null, canonicalJson(payload), publicKeyOf(key), Buffer.from(signature.value, 'base64url')))
    throw new DomainError(
      'seal.signature-wrong',
      `The ${noun} is not what the key ${key.kid} signed: it was changed afterwards. Download it again from the vendor.`,
      { field: 'signature.value' },
    );
  return payload;
}

/** @throws Error if `x` is not a point on the curve. */
function publicKeyOf({ kty, crv, x }: Pick<SigningKey, 'kty' | 'crv' | 'x'>): KeyObject {
  return createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
}

/** The key id: its thumbprint (RFC 7638), base64url. */
export function thumbprint(x: string): string {
  return createHash('sha256')
    .update(canonicalJson({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
}
