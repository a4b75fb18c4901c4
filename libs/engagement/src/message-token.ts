import { createHmac, timingSafeEqual } from 'node:crypto';
import { MINUTE_MS, type MessageId } from '#kernel';

/**
 * The purpose of a token: a link's number, or a fixed link of every message.
 */
export const LINK_PURPOSES = { unsubscribe: 255, viewInBrowser: 254 } as const;
/** Purpose of a token that identifies an opt-in, not a message. */
export const OPT_IN = 253;
/** Purpose of a token that identifies a partner's feed. */
export const FEED = 252;
/** Purpose of a token that identifies the website of a partner. */
export const SITE = 251;
/** Purpose of a token that identifies a contact to the website of its partner. */
export const VISITOR = 250;

const MAC_BYTES = 12;
/** Id and purpose. */
const BODY_BYTES = 17;
/** The end of a token that has one, in whole minutes since 1970. */
const END_BYTES = 4;

export interface MessageToken {
  readonly messageId: MessageId;
  /** Number of a link of the activation, or of a fixed link. */
  readonly purpose: number;
  /** In whole minutes; absent: the token has no end. */
  readonly until?: Date;
}

/**
 * A short, unguessable token for one link of one message.
 * Id, number, the end if there is one, and a 96-bit HMAC-SHA-256 (RFC 2104,
 * truncated). Nothing is stored per message.
 * Valid after rotation, until the key is deleted. The caller checks the end.
 */
export function sealToken(key: Buffer, { messageId, purpose, until }: MessageToken): string {
  const length = BODY_BYTES + (until === undefined ? 0 : END_BYTES);
  // One buffer without copies, because a message has a dozen tokens.
  const token = Buffer.allocUnsafe(length + MAC_BYTES);
  token.write(messageId.replaceAll('-', ''), 'hex');
  token[16] = purpose;
  if (until !== undefined) token.writeUInt32BE(Math.floor(until.getTime() / MINUTE_MS), BODY_BYTES);
  mac(key, token.subarray(0, length)).copy(token, length);
  return token.toString('base64url');
}

/**
 * @param keys the current one first.
 * @returns null for a token that was sealed with none of them.
 */
export function openToken(keys: readonly Buffer[], token: string): MessageToken | null {
  const bytes = Buffer.from(token, 'base64url');
  const length = bytes.length - MAC_BYTES;
  const hasEnd = length === BODY_BYTES + END_BYTES;
  if ((length !== BODY_BYTES && !hasEnd) || bytes.toString('base64url') !== token) return null;
  const body = bytes.subarray(0, length);
  // Tries every key, even after a match: the time reveals nothing.
  const fits = keys.map((key) => timingSafeEqual(bytes.subarray(length), mac(key, body)));
  if (!fits.includes(true)) return null;
  const hex = body.toString('hex', 0, 16);
  const messageId = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  ) as MessageId;
  const opened = { messageId, purpose: body[16] ?? 0 };
  return hasEnd ? { ...opened, until: new Date(body.readUInt32BE(BODY_BYTES) * MINUTE_MS) } : opened;
}

const mac = (key: Buffer, body: Buffer): Buffer =>
  createHmac('sha256', key).update(body).digest().subarray(0, MAC_BYTES);
