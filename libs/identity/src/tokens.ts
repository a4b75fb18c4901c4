import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A 256-bit secret for a link, a session or a key. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token. A fast digest is right here: the token has 256 bits of its own. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Compares without telling by time where texts differ. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(tokenHash(a), tokenHash(b));
}
