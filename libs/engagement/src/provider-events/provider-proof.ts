import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';

/** Header fields by lower-case name. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Tolerance for clocks that are ahead, as SendGrid's is. */
const AHEAD_S = 300;
/** Longer than Mailgun retries, which is eight hours. */
const MAILGUN_AGE_S = 12 * 3600;

/** Whether two texts are equal, in constant time. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * SendGrid's signed Event Webhook: ECDSA over the timestamp and the raw body.
 * @param publicKey base64 of a DER SubjectPublicKeyInfo, as SendGrid shows it.
 */
export function isFromSendgrid(publicKey: string, headers: RequestHeaders, raw: Buffer): boolean {
  const signature = headers['x-twilio-email-event-webhook-signature'];
  const timestamp = headers['x-twilio-email-event-webhook-timestamp'];
  if (typeof signature !== 'string' || typeof timestamp !== 'string') return false;
  const signed = Buffer.concat([Buffer.from(timestamp), raw]);
  return verify('sha256', signed, sendgridKey(publicKey), Buffer.from(signature, 'base64'));
}

/** @throws Error when it is no public key. */
export const sendgridKey = (publicKey: string): ReturnType<typeof createPublicKey> =>
  createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });

/**
 * Postmark signs nothing.
 * It sends user and password of the webhook's URL (RFC 7617).
 */
export function isFromPostmark(secret: string, headers: RequestHeaders): boolean {
  const given = headers.authorization;
  return typeof given === 'string' && isSame(given, `Basic ${Buffer.from(`postmark:${secret}`).toString('base64')}`);
}

/**
 * Mailgun's HMAC-SHA-256 over its timestamp and token, not over the body.
 * The caller must store the token to prevent replays.
 * @param now in real time, not by the simulated calendar.
 */
export function isFromMailgun(
  signingKey: string,
  { timestamp, token, signature }: { readonly timestamp: string; readonly token: string; readonly signature: string },
  now: Date,
): boolean {
  const ageS = now.getTime() / 1000 - Number(timestamp);
  if (ageS > MAILGUN_AGE_S || ageS < -AHEAD_S) return false;
  return isSame(signature, createHmac('sha256', signingKey).update(`${timestamp}${token}`).digest('hex'));
}
