import { Parser } from 'htmlparser2';
import PostalMime, { type Attachment } from 'postal-mime';
import { parseFieldGroups, type FieldGroup } from './report-fields.js';

/** A parsed mail that was sent to a return address. */
export interface InboundMail {
  /** Header fields by lower-case name. Of repeated fields, the first. */
  readonly headers: ReadonlyMap<string, string>;
  readonly subject: string;
  /**
   * The address in From, in lower case; its name if it has no address
   * (`MAILER-DAEMON <>`); empty if there is none.
   */
  readonly from: string;
  /** The readable text, also if there is only HTML. */
  readonly text: string;
  /**
   * Groups of `message/delivery-status` (RFC 3464).
   * The first is about the report, each other one about a recipient.
   */
  readonly status: readonly FieldGroup[] | null;
  /** Fields of `message/feedback-report` (RFC 5965). */
  readonly feedback: FieldGroup | null;
  /** Fields of `message/disposition-notification` (RFC 8098): a receipt. */
  readonly disposition: FieldGroup | null;
  /** Header of the returned message, if the report contains it. */
  readonly original: FieldGroup | null;
}

/**
 * More than any real mail has. Deeper or longer mails are attacks on the
 * parser.
 */
const LIMITS = { maxNestingDepth: 20, maxHeadersSize: 256 * 1024, forceRfc822Attachments: true } as const;
/** Enough text for a classification, in characters. */
const TEXT_CHARS = 20_000;
/** Elements whose content is no text. */
const HIDDEN = new Set(['style', 'script']);

/**
 * Parses a mail (RFC 5322, 2045, 6522). All its text is hostile.
 * @throws Error if it exceeds the limits of the parser.
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
    from: (email.from?.address || email.from?.name || '').toLowerCase(),
    text: (email.text || textOf(email.html ?? '') || bodyOf(raw)).slice(0, TEXT_CHARS),
    status: status === null ? null : parseFieldGroups(status),
    feedback: first(part('message/feedback-report')),
    disposition: first(part('message/disposition-notification')),
    original: first(returned === null ? null : headerOf(returned)),
  };
}

const contentOf = ({ content }: Attachment): string =>
  typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('utf8');

/**
 * The undecoded body: of a mail whose parts cannot be found, because it names
 * another boundary than it has.
 */
function bodyOf(raw: Buffer): string {
  const text = raw.subarray(0, LIMITS.maxHeadersSize + TEXT_CHARS).toString('utf8');
  const start = text.search(/\r?\n\r?\n/);
  return start === -1 ? '' : text.slice(start).trim();
}

const headerOf = (message: string): string => message.split(/\r?\n\r?\n/, 1)[0] ?? '';

/** The text of HTML, for a search for phrases. It is never shown. */
function textOf(html: string): string {
  const pieces: string[] = [];
  let hidden = 0;
  const parser = new Parser({
    onopentagname: (name) => (hidden += HIDDEN.has(name) ? 1 : 0),
    ontext: (text) => hidden === 0 && pieces.push(text),
    onclosetag: (name) => (hidden -= HIDDEN.has(name) ? 1 : 0),
  });
  parser.end(html.slice(0, TEXT_CHARS * 4));
  return pieces.join(' ');
}
