import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A 256-bit secret for a link, a session or a key. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/**
 * The stored digest of a token.
 * A fast hash is safe: the token has 256 random bits.
 */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Compares without telling by time where texts differ. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(tokenHash(a), tokenHash(b));
}
