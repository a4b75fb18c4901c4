import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** The specification asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;

/** What is signed and sent. */
export interface WebhookBody {
  readonly id: string;
  readonly type: string;
  readonly occurredAt: Date;
  readonly data: unknown;
}

/**
 * A new symmetric secret as the Standard Webhooks specification writes them.
 */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** The bytes of an event; the same in every attempt. */
export function bodyOf({ type, occurredAt, data }: WebhookBody): string {
  return JSON.stringify({ type, timestamp: occurredAt.toISOString(), data });
}

/**
 * Headers of one attempt (Standard Webhooks 1.0): event id, time of sending,
 * and a signature by each valid secret. The id is the same in every attempt.
 */
export function signedHeaders(event: WebhookBody, secrets: readonly string[], sentAt: Date): Record<string, string> {
  const body = bodyOf(event);
  return {
    'content-type': 'application/json',
    'user-agent': 'Throughline-Webhooks',
    'webhook-id': event.id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(event.id, sentAt, body)).join(' '),
  };
}
