import type { MessageId } from '#kernel';

/**
 * Providers that can be asked for a message submitted by SMTP. SES is not among
 * them: it finds a message only by the id in its answer, which is the part that
 * is missing.
 */
export const LOOK_UP_PROVIDERS = ['mailgun', 'postmark', 'sendgrid'] as const;
export type LookUpProvider = (typeof LOOK_UP_PROVIDERS)[number];
type LookUpRegion = 'us' | 'eu';

/** The provider account in which messages of a relay are looked up. */
export interface LookUpTarget {
  readonly provider: LookUpProvider;
  /** Region of the account. */
  readonly region: LookUpRegion;
  /** Mailgun's sending domain, Postmark's message stream, or null. */
  readonly scope: string | null;
}

/** The identifiers of a message to look up. */
export interface MessageToFind {
  readonly id: MessageId;
  /** `id@MAIL_DOMAIN`, without angle brackets. */
  readonly messageId: string;
}

/** One request to the provider's own host. */
interface Question {
  /** With the query string, without the host. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The provider has the message (`taken`), or the next server has it
 * (`delivered`).
 */
export interface LookUpFinding {
  readonly kind: 'taken' | 'delivered';
  /** The provider's own words, without addresses. */
  readonly text: string;
}

/**
 * How one provider is asked, according to its public documentation. A found
 * message is evidence. A message that is not found proves nothing: events are
 * indexed later, and no provider states by when it has all of them.
 */
export interface ProviderLookUp {
  /** API host by region; null if the provider has none there. */
  readonly hosts: Readonly<Record<LookUpRegion, string | null>>;
  /**
   * The header by which a message can be found; null if its Message-ID is
   * enough.
   */
  readonly mark: ((id: MessageId) => readonly [string, string]) | null;
  readonly question: (place: LookUpTarget, key: string, sought: MessageToFind) => Question;
  /**
   * @returns null if the provider does not know the message.
   * @throws ZodError if the body is not an answer of this provider.
   */
  readonly read: (body: unknown, sought: MessageToFind) => LookUpFinding | null;
}
