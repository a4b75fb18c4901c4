import type { MessageId } from '#kernel';

/** Providers that can be asked for a message that came by SMTP. Not SES: it finds messages only by the id that stands in the answer that is missing. */
export const LOOK_UP_PROVIDERS = ['mailgun', 'postmark', 'sendgrid'] as const;
export type LookUpProvider = (typeof LOOK_UP_PROVIDERS)[number];
type LookUpRegion = 'us' | 'eu';

/** Where messages of a relay are looked up. */
export interface LookUpTarget {
  readonly provider: LookUpProvider;
  /** Where the account is kept. */
  readonly region: LookUpRegion;
  /** Mailgun's sending domain, Postmark's message stream; null where there is none. */
  readonly scope: string | null;
}

/** A message by the names that it carries. */
export interface MessageToFind {
  readonly id: MessageId;
  /** `id@MAIL_DOMAIN`, without angle brackets. */
  readonly messageId: string;
}

/** One request to the provider's own host. */
interface Question {
  /** With its query, from the host on. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the provider knows of a message: that it has it, or that the next server has. */
export interface LookUpFinding {
  readonly kind: 'taken' | 'delivered';
  /** In the provider's own words; without addresses. */
  readonly said: string;
}

/**
 * How one provider is asked, by its public documentation. What it finds is evidence. That it finds nothing is none, with any of them: events
 * are indexed after the fact, and no provider states by when it has all of them.
 */
export interface ProviderLookUp {
  /** Where its accounts are; null where it has none in a region. */
  readonly hosts: Readonly<Record<LookUpRegion, string | null>>;
  /** The header by which a message can be found there; null where the Message-ID is enough. */
  readonly mark: ((id: MessageId) => readonly [string, string]) | null;
  readonly question: (place: LookUpTarget, key: string, sought: MessageToFind) => Question;
  /** @returns null where it does not know the message. @throws ZodError where that is no answer of this provider's. */
  readonly read: (body: unknown, sought: MessageToFind) => LookUpFinding | null;
}
