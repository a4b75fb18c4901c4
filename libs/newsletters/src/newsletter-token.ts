import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RecipientId } from './newsletter.js';

/** A link of the newsletter of one recipient. */
export interface NewsletterToken {
  readonly recipientId: RecipientId;
  /** Number of a link of the newsletter, or of `FIXED_LINKS`. */
  readonly link: number;
}

/** Links that every newsletter has. */
export const FIXED_LINKS = { unsubscribe: 255, viewInBrowser: 254, decoy: 253 } as const;

const MAC_BYTES = 16;
const BODY_BYTES = 17;

/** An unguessable token: recipient, link, and a 128-bit HMAC-SHA-256 (RFC 2104, truncated). Nothing is stored. */
export function sealNewsletterToken(key: Buffer, { recipientId, link }: NewsletterToken): string {
  const body = Buffer.concat([Buffer.from(recipientId.replaceAll('-', ''), 'hex'), Buffer.from([link])]);
  return Buffer.concat([body, mac(key, body)]).toString('base64url');
}

/** @returns null for a token that was not sealed with the key. */
export function openNewsletterToken(key: Buffer, token: string): NewsletterToken | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== BODY_BYTES + MAC_BYTES || bytes.toString('base64url') !== token) return null;
  const body = bytes.subarray(0, BODY_BYTES);
  if (!timingSafeEqual(bytes.subarray(BODY_BYTES), mac(key, body))) return null;
  const hex = body.toString('hex', 0, 16);
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  return { recipientId: id as RecipientId, link: body[16] ?? 0 };
}

const mac = (key: Buffer, body: Buffer): Buffer =>
  createHmac('sha256', key).update(body).digest().subarray(0, MAC_BYTES);
