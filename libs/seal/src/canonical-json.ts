import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Canonical bytes of a JSON value (RFC 8785), for hashes and signatures. */
export function canonicalJson(value: unknown): Buffer {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only JSON values have a canonical form.');
  return Buffer.from(text);
}

/** SHA-256 in hexadecimal digits. */
export const sha256 = (bytes: string | Uint8Array): string => hash('sha256', bytes, 'hex');

/** SHA-256 of a value's canonical JSON. */
export const hashOf = (value: unknown): string => sha256(canonicalJson(value));
