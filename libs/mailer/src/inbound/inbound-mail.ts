import PostalMime, { type Attachment } from 'postal-mime';
import { parseFieldGroups, type FieldGroup } from './report-fields.js';

/** What somebody sent to one of our return addresses, taken apart. */
export interface InboundMail {
  /** Header field by lower-case name; the first of several. */
  readonly headers: ReadonlyMap<string, string>;
  readonly subject: string;
  /** The address in From, in lower case; empty where there is none. */
  readonly from: string;
  /** What people would read, also where only HTML was sent. */
  readonly text: string;
  /** Groups of `message/delivery-status` (RFC 3464): the first is about the report, each further one about a recipient. */
  readonly status: readonly FieldGroup[] | null;
  /** Fields of `message/feedback-report` (RFC 5965). */
  readonly feedback: FieldGroup | null;
  /** Fields of `message/disposition-notification` (RFC 8098): a receipt. */
  readonly disposition: FieldGroup | null;
  /** Header of the message that the report is about, where it was returned. */
  readonly original: FieldGroup | null;
}

/** Beyond what any mail system of people makes; deeper or longer ones are attacks on parsers. */
const LIMITS = { maxNestingDepth: 20, maxHeadersSize: 256 * 1024, forceRfc822Attachments: true } as const;
/** As much text as a verdict can need. */
const TEXT_CHARS = 20_000;

/**
 * Takes a mail apart (RFC 5322, 2045, 6522); everything in it is hostile text.
 * @throws Error when it breaks the parser's limits.
 */
export async function parseInbound(raw: Buffer): Promise<InboundMail> {
  const email = await PostalMime.parse(raw, LIMITS);
  const headers = new Map([...email.headers].reverse().map(({ key, value }) => [key.toLowerCase(), value]));
  const part = (...types: string[]): string | null => {
    const found = email.attachments.find(({ mimeType }) => types.includes(mimeType.toLowerCase()));
    return found === undefined ? null : contentOf(found);
  };
  const first = (content: string | null): FieldGroup | null =>
    content === null ? null : (parseFieldGroups(content)[0] ?? new Map<string, string>());
  const status = part('message/delivery-status', 'message/global-delivery-status');
  const returned = part('message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers');
  return {
    headers,
    subject: email.subject ?? '',
    from: (email.from?.address ?? '').toLowerCase(),
    text: (email.text ?? textOf(email.html ?? '')).slice(0, TEXT_CHARS),
    status: status === null ? null : parseFieldGroups(status),
    feedback: first(part('message/feedback-report')),
    disposition: first(part('message/disposition-notification')),
    original: first(returned === null ? null : headerOf(returned)),
  };
}

const contentOf = ({ content }: Attachment): string =>
  typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('utf8');

const headerOf = (message: string): string => message.split(/\r?\n\r?\n/, 1)[0] ?? '';

/** Good enough to look for words in; nothing of it is ever shown. */
const textOf = (html: string): string =>
  html
    .slice(0, TEXT_CHARS * 4)
    .replace(/<(style|script)[^>]*>[^<]*<\/\1>/gi, ' ')
    .replace(/<[^>]{0,2000}>/g, ' ')
    .replace(/&nbsp;/g, ' ');
