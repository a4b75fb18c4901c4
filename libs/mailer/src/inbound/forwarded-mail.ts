import PostalMime from 'postal-mime';
import { withCrlf } from '../line-ends.js';

/** A person's mail, taken apart to be sent on under another sender. */
export interface MailToForward {
  /** The name in From; empty if there is none. */
  readonly name: string;
  /** Where the person wants answers: Reply-To, or else From. */
  readonly address: string;
  /**
   * The header fields that describe the mail and its body, as received, each with
   * its line end. Sender, recipients, trace and signatures are left out.
   */
  readonly headers: string;
  /** Encoded text and attachments as received; ends with exactly one CRLF. */
  readonly body: Buffer;
}

/**
 * Message-ID and references stay: an answer of the reader then belongs to the
 * same conversation in the person's mail program.
 */
const KEPT: ReadonlySet<string> = new Set([
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'content-language',
  'thread-index',
  'thread-topic',
]);
const MAX_HEADER_BYTES = 256 * 1024;
const HEADER_END = Buffer.from('\r\n\r\n');

/**
 * Reads a mail (RFC 5322) for forwarding. The body is not parsed.
 * @returns null if it has no header of at most 256 KB, or no sender.
 */
export async function readForForwarding(raw: Buffer): Promise<MailToForward | null> {
  const mail = withCrlf(raw);
  const end = mail.indexOf(HEADER_END);
  if (end < 0 || end > MAX_HEADER_BYTES) return null;
  const head = mail.subarray(0, end + HEADER_END.length);
  const { from, replyTo } = await PostalMime.parse(head, { maxHeadersSize: MAX_HEADER_BYTES });
  const address = replyTo?.find((one) => one.address !== undefined)?.address ?? from?.address ?? '';
  if (address === '') return null;
  return {
    name: from?.name ?? '',
    address,
    headers: keptHeaders(head),
    body: bodyOf(mail.subarray(end + HEADER_END.length)),
  };
}

/** The first of each name. Bytes that are no ASCII stay as they are. */
function keptHeaders(head: Buffer): string {
  const seen = new Set<string>();
  return head
    .toString('latin1')
    .split(/\r\n(?![ \t])/)
    .filter((field) => {
      const name = field
        .slice(0, Math.max(0, field.indexOf(':')))
        .trim()
        .toLowerCase();
      if (!KEPT.has(name) || seen.has(name)) return false;
      seen.add(name);
      return true;
    })
    .map((field) => `${field}\r\n`)
    .join('');
}

/** DKIM wants one line end at the end of the message. */
function bodyOf(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end >= 2 && bytes[end - 1] === 10 && bytes[end - 2] === 13) end -= 2;
  return Buffer.concat([bytes.subarray(0, end), Buffer.from('\r\n')]);
}
