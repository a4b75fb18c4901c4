import { z } from 'zod';
import { lineOfText } from './text.contract.js';

const provider = z.enum(['ses', 'sendgrid', 'postmark', 'mailgun']);
/**
 * SES: the topic's ARN. SendGrid: the verification key.
 * Mailgun: the webhook signing key.
 * Postmark: absent, it is generated.
 */
const secret = z.string().max(2000).optional();

export const NewProviderSource = z.strictObject({ provider, name: lineOfText(80).min(1), secret });
/** Paused: events are refused, so that the provider retries later. */
export const ChangeProviderSource = z.strictObject({ paused: z.boolean() });
export const RotateProviderSecret = z.strictObject({ secret, overlapHours: z.int().min(0).max(168).default(24) });

export const ProviderSourceView = z.object({
  id: z.uuid(),
  provider,
  name: z.string(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  /** Until when the secret before this one proves along. */
  previousSecretValidUntil: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  pausedAt: z.iso.datetime().nullable(),
  /** Events that were new. */
  events: z.int(),
  /** Of it, what names no message. */
  unmatched: z.int(),
  /** Opens, clicks and notices, which are not kept; repeats included. */
  ignored: z.int(),
  lastEventAt: z.iso.datetime().nullable(),
  /**
   * The last refused event: wrong proof, unreadable, or the account was paused.
   */
  lastRefusal: z.object({ at: z.iso.datetime(), why: z.enum(['proof', 'unreadable', 'paused']) }).nullable(),
});
export type ProviderSourceView = z.infer<typeof ProviderSourceView>;
export const ProviderSources = z.object({ items: z.array(ProviderSourceView) });

/**
 * The webhook URL for the provider.
 * Postmark's password is in it, shown this once.
 */
export const RevealedProviderSource = z.object({ source: ProviderSourceView, url: z.url() });

/** The mailbox for bounces and replies; the operator configures it. */
export const InboundMailbox = z.object({
  /** Null: none was ever read. */
  readAt: z.iso.datetime().nullable(),
  /** Since when it cannot be read; null while it can. */
  failingSince: z.iso.datetime().nullable(),
});
export type InboundMailbox = z.infer<typeof InboundMailbox>;
