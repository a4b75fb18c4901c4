import type { MessageOutcome } from '#delivery';
import { classifyBounce, statusOf, withoutPersonalData } from '#mailer';

/** Mail providers whose webhooks are understood. */
export const PROVIDERS = ['ses', 'sendgrid', 'postmark', 'mailgun'] as const;
export type Provider = (typeof PROVIDERS)[number];

type BounceKind = 'hard' | 'soft' | 'block' | 'unknown';

/** One event of a provider, in the terms of returned mail. */
export interface ProviderEvent {
  /** The provider's own id: the same in every retry. */
  readonly sourceId: string;
  readonly kind: BounceKind | 'complaint' | 'challenge' | 'auto-reply' | 'delivered' | 'underway' | 'unsubscribe';
  readonly outcome: MessageOutcome | null;
  /** The rule that decided, for people. */
  readonly why: string;
  readonly status: string | null;
  /** Without addresses; hostile text. */
  readonly excerpt: string;
  readonly recipient: string | null;
  /** Of a hard bounce: see `InboundReport`. */
  readonly isProven: boolean;
  /** Possible ids of the message: a return path, a Message-ID, metadata. */
  readonly names: readonly string[];
}

/** The events of one request. */
export interface ProviderBatch {
  readonly events: readonly ProviderEvent[];
  /**
   * Opens, clicks and the provider's own notices: they have no effect and are
   * not stored.
   */
  readonly ignored: number;
}

/** What an event is about, before its kind is known. */
export type EventSubject = Pick<ProviderEvent, 'sourceId' | 'recipient' | 'names'>;

const EXCERPT_CHARS = 500;
const NAME_CHARS = 400;

const excerptOf = (text: string): string =>
  withoutPersonalData(text).replace(/\s+/g, ' ').trim().slice(0, EXCERPT_CHARS);

/**
 * @param recipient an address, or null.
 * @param names empty ones are left out.
 */
export function eventSubject(sourceId: string, recipient: string | null, names: readonly unknown[]): EventSubject {
  const texts = names.filter((name): name is string => typeof name === 'string' && name !== '');
  return {
    sourceId: sourceId.slice(0, NAME_CHARS),
    recipient: recipient?.toLowerCase() ?? null,
    names: texts.map((name) => name.slice(0, NAME_CHARS)),
  };
}

/** An event that settles nothing, or settles it without a verdict of ours. */
export function neutralEvent(
  subject: EventSubject,
  kind: ProviderEvent['kind'],
  why: string,
  { text = '', outcome = null }: { text?: string; outcome?: MessageOutcome | null } = {},
): ProviderEvent {
  const status = statusOf({ reported: null, said: text });
  return { ...subject, kind, why, outcome, status, isProven: false, excerpt: excerptOf(text) };
}

/**
 * A failure.
 * Status code and text decide, as for returned mail.
 * If they say nothing, the provider's own term decides.
 * A failure that the provider calls temporary is temporary.
 * @param said the answer of the recipient's server.
 * @param word the provider's term.
 */
export function failureEvent(
  subject: EventSubject,
  { code = null, said: text, word, why }: { code?: string | null; said: string; word: BounceKind; why: string },
): ProviderEvent {
  const evidence = { reported: code, said: text };
  const status = statusOf(evidence);
  const judged = classifyBounce(evidence);
  const kind = judged.kind === 'unknown' || (word === 'soft' && judged.kind === 'hard') ? word : judged.kind;
  return {
    ...subject,
    kind,
    outcome: { state: 'bounced', kind },
    why: kind === judged.kind && judged.kind !== 'unknown' ? judged.why : `the provider says: ${why}`.slice(0, 200),
    status,
    isProven: kind === 'hard' && judged.isProven,
    excerpt: excerptOf(text),
  };
}

export const deliveryEvent = (subject: EventSubject, text = ''): ProviderEvent =>
  neutralEvent(subject, 'delivered', 'the recipient’s server has it', { text, outcome: { state: 'delivered' } });

export const complaintEvent = (subject: EventSubject, why: string): ProviderEvent =>
  neutralEvent(subject, 'complaint', why, { outcome: { state: 'complained' } });

/** Not even tried by the provider, because of an earlier bounce or opt-out. */
export const suppressedEvent = (subject: EventSubject, why: string): ProviderEvent =>
  neutralEvent(subject, 'unsubscribe', why, { outcome: { state: 'bounced', kind: 'block' } });
