import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { SigningKey } from '#contracts';
import { DomainError } from '#kernel';
import { thumbprint } from './signature.js';

/** The properties that verification needs. A key set from the API has more. */
const Ed25519PublicKey = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: SigningKey.shape.x });
const KeySet = z.object({ keys: z.array(Ed25519PublicKey).min(1) });

/**
 * Reads public keys from a file: a JSON Web Key Set, one JSON Web Key, or PEM.
 * The key id is always computed from the key.
 * @throws DomainError `seal.key-malformed`
 */
export function readKeys(source: string): SigningKey[] {
  const points = source.includes('-----BEGIN') ? [fromPem(source)] : fromJson(source);
  return points.map(({ kty, crv, x }) => ({
    kty,
    crv,
    x,
    kid: thumbprint(x),
    use: 'sig',
    alg: 'EdDSA',
    createdAt: new Date(0).toISOString(),
    retiredAt: null,
  }));
}

function fromJson(source: string): z.output<typeof Ed25519PublicKey>[] {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw malformed();
  }
  const set = KeySet.safeParse(value);
  if (set.success) return set.data.keys;
  const one = Ed25519PublicKey.safeParse(value);
  if (one.success) return [one.data];
  throw malformed();
}

function fromPem(source: string): z.output<typeof Ed25519PublicKey> {
  try {
    return Ed25519PublicKey.parse(createPublicKey(source).export({ format: 'jwk' }));
  } catch {
    throw malformed();
  }
}

const malformed = (): DomainError =>
  new DomainError(
    'seal.key-malformed',
    'This is not an Ed25519 public key: neither a JSON Web Key (Set) nor PEM. Download /api/v1/vendors/<vendor id>/signing-keys.',
    { field: 'key' },
  );
