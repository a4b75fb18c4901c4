import { z } from 'zod';
import { lineOfText } from './text.contract.js';

const provider = z.enum(['ses', 'sendgrid', 'postmark', 'mailgun']);
/** SES: the ARN of the topic; SendGrid: the verification key; Mailgun: the webhook signing key; Postmark: none, it is made. */
const secret = z.string().max(2000).optional();

export const NewProviderSource = z.object({ provider, name: lineOfText(80).min(1), secret });
/** Paused, nothing that it tells is taken; the provider is asked to tell it again later. */
export const ChangeProviderSource = z.strictObject({ paused: z.boolean() });
export const RotateProviderSecret = z.object({ secret, keepOldHours: z.int().min(0).max(168).default(24) });

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
  /** What was told for the first time. */
  told: z.int(),
  /** Of it, what names no message. */
  unmatched: z.int(),
  /** Opens, clicks and notices, which are not kept; repeats included. */
  ignored: z.int(),
  lastToldAt: z.iso.datetime().nullable(),
  /** What came last and was not taken: the proof did not fit, it could not be read, or the account was paused. */
  lastRefusal: z.object({ at: z.iso.datetime(), why: z.enum(['proof', 'unreadable', 'paused']) }).nullable(),
});
export type ProviderSourceView = z.infer<typeof ProviderSourceView>;
export const ProviderSources = z.object({ items: z.array(ProviderSourceView) });

/** The address that the provider is given; Postmark's password stands in it and is shown this once. */
export const RevealedProviderSource = z.object({ source: ProviderSourceView, url: z.url() });

/** The mailbox that bounces and answers may come to; the operator gives it to the installation. */
export const InboundMailbox = z.object({
  /** Null: none was ever read. */
  readAt: z.iso.datetime().nullable(),
  /** Since when it cannot be read; null while it can. */
  failingSince: z.iso.datetime().nullable(),
});
export type InboundMailbox = z.infer<typeof InboundMailbox>;
