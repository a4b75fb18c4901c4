import { sha256 } from './canonical-json.js';
import { positionedPieces, type PositionedPiece, decodeByPieces } from './decoded-pieces.js';
import { MimeProblem } from './mime-problem.js';
import { decodeQuotedPrintable, lineEndAt, textOf } from './quoted-printable.js';

/** The displayed parts of a sealed mail. Line ends are LF. */
export interface ReadMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Without angle brackets; null if there is none. */
  readonly messageId: string | null;
  /** SHA-256 of the HTML, if decoding computed it. */
  readonly htmlHash?: string;
}

interface Header {
  readonly name: string;
  readonly value: string;
}
interface Entity {
  readonly headers: readonly Header[];
  /**
   * As received: line ends are CRLF or LF. Shared with the message and never
   * changed.
   */
  readonly body: Buffer;
}

const MAX_BYTES = 2_000_000;
/**
 * Headers that affect reading. Programs differ in which one they use if there
 * are two.
 */
const ONCE = ['content-type', 'content-transfer-encoding', 'content-disposition', 'mime-version', 'subject'];
const [CR, LF, SPACE, TAB] = [0x0d, 0x0a, 0x20, 0x09] as const;
const NOTHING = Buffer.alloc(0);
const PART_HEADERS = ['content-type', 'content-transfer-encoding'];

/**
 * Reads a mail of exactly one structure: an alternative (RFC 2046, 5.1.4) of
 * one text/plain and one text/html in UTF-8. Relays may add headers and encode
 * parts again. Refuses everything that programs could read differently: another
 * part, a duplicate header, text outside parts.
 * @param pieces of which the mail was made, if known: shared pieces are decoded
 *   once. They are compared with the bytes, so the result does not depend on
 *   them.
 * @throws MimeProblem with the difference.
 */
export function readMail(bytes: Buffer, pieces: readonly Buffer[] = []): ReadMail {
  if (bytes.length > MAX_BYTES) throw new MimeProblem(`The mail has more than ${MAX_BYTES / 1_000_000} MB.`);
  const mail = readEntity(bytes);
  for (const name of ONCE)
    if (mail.headers.filter((header) => header.name === name).length > 1)
      throw new MimeProblem(`The header ${name} stands twice.`);
  const type = headerOf(mail, 'content-type') ?? '';
  const boundary = /^multipart\/alternative\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))\s*(?:;|$)/i.exec(
    type,
  );
  if (boundary === null)
    throw new MimeProblem(`The mail is not an alternative of text and HTML, but “${type.slice(0, 60)}”.`);
  if (!/^(?:7bit|8bit|binary)?$/i.test(headerOf(mail, 'content-transfer-encoding') ?? ''))
    throw new MimeProblem('The mail as a whole is encoded.');
  const [plain, rich] = partsOf(mail.body, boundary[1] ?? boundary[2] ?? '');
  const whole = { bytes, pieces: positionedPieces(pieces) };
  const text = contentOf(plain, 'text/plain', whole);
  const html = contentOf(rich, 'text/html', whole);
  return {
    subject: readSubject(headerOf(mail, 'subject') ?? ''),
    text: text.text,
    html: html.text,
    ...(html.bytes === null ? {} : { htmlHash: sha256(html.bytes) }),
    messageId: /^<([^<>\s]+)>$/.exec(headerOf(mail, 'message-id')?.trim() ?? '')?.[1] ?? null,
  };
}

function readEntity(source: Buffer): Entity {
  const { head, body } = halvesOf(source);
  // A line that begins with a space continues the line before (RFC 5322,
  // 2.2.3).
  const lines = head.replace(/\n(?=[ \t])/g, '').split('\n');
  const headers = lines
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      if (colon < 1 || /[\s\0]/.test(line.slice(0, colon))) throw new MimeProblem('A header line is not valid.');
      return { name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1).trim() };
    });
  return { headers, body };
}

/** Splits at the first empty line. */
function halvesOf(source: Buffer): { head: string; body: Buffer } {
  const first = lineEndAt(source, 0);
  if (first > 0) return { head: '', body: source.subarray(first) };
  for (let at = source.indexOf(LF); at !== -1; at = source.indexOf(LF, at + 1)) {
    const empty = lineEndAt(source, at + 1);
    if (empty > 0) return { head: asLines(source.subarray(0, at + 1)), body: source.subarray(at + 1 + empty) };
  }
  throw new MimeProblem('The headers of a part do not end.');
}

/** latin1: one character per byte. Line ends are LF. */
const asLines = (bytes: Buffer): string => bytes.toString('latin1').replace(/\r\n/g, '\n');

const headerOf = ({ headers }: Entity, name: string): string | undefined =>
  headers.find((header) => header.name === name)?.value;

function partsOf(body: Buffer, boundary: string): [Entity, Entity] {
  const [before = NOTHING, ...rest] = splitAt(body, Buffer.from(`--${boundary}`, 'latin1'));
  const after = rest.pop() ?? NOTHING;
  if (asLines(before).trim() !== '' || !/^--\s*$/.test(asLines(after)))
    throw new MimeProblem('There is text before the first part or after the last.');
  const [first, second] = rest;
  if (first === undefined || second === undefined || rest.length !== 2)
    throw new MimeProblem(`The mail has ${rest.length} parts instead of two: text and HTML.`);
  return [readPart(first), readPart(second)];
}

/**
 * Splits at a delimiter at the beginning of a line. The line end before it
 * belongs to it (RFC 2046, 5.1.1).
 */
function splitAt(body: Buffer, delimiter: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = body.indexOf(delimiter); at !== -1; at = body.indexOf(delimiter, at + 1)) {
    if (at < from || (at > 0 && body[at - 1] !== LF)) continue;
    const lineEnd = at === 0 ? 0 : body[at - 2] === CR ? 2 : 1;
    pieces.push(body.subarray(from, Math.max(from, at - lineEnd)));
    from = at + delimiter.length;
  }
  return [...pieces, body.subarray(from)];
}

function readPart(source: Buffer): Entity {
  let start = 0;
  while (source[start] === SPACE || source[start] === TAB) start++;
  const lineEnd = lineEndAt(source, start);
  const entity = readEntity(lineEnd === 0 ? source : source.subarray(start + lineEnd));
  const [names, allowed] = [entity.headers.map(({ name }) => name), new Set(PART_HEADERS)];
  if (names.some((name) => !allowed.has(name)) || new Set(names).size !== names.length)
    throw new MimeProblem(`A part has headers that sealed mail does not have: ${names.join(', ').slice(0, 100)}.`);
  return entity;
}

/** A mail, and its known pieces. */
interface MailBytes {
  readonly bytes: Buffer;
  readonly pieces: readonly PositionedPiece[];
}

/**
 * @returns the part's text, and its UTF-8 bytes if available, valid until the
 *   next part is read.
 */
function contentOf(
  part: Entity,
  type: 'text/plain' | 'text/html',
  { bytes, pieces }: MailBytes,
): { readonly text: string; readonly bytes: Buffer | null } {
  const [actual = '', ...parameters] = (headerOf(part, 'content-type') ?? '').split(';');
  const charset = parameters.map((one) => /^\s*charset="?([\w-]+)"?\s*$/i.exec(one)?.[1]?.toLowerCase());
  if (actual.trim().toLowerCase() !== type || charset.length !== 1 || !['utf-8', 'us-ascii'].includes(charset[0] ?? ''))
    throw new MimeProblem(`A part is not ${type} in UTF-8.`);
  const encoding = (headerOf(part, 'content-transfer-encoding') ?? '7bit').toLowerCase();
  const known =
    encoding === 'quoted-printable' && pieces.length > 0
      ? decodeByPieces(part.body, part.body.byteOffset - bytes.byteOffset, pieces)
      : null;
  if (known?.text.includes('\r') === false) return known;
  const decoded = decode(part.body, encoding);
  try {
    return { text: textOf(decoded).replace(/\r\n/g, '\n'), bytes: null };
  } catch {
    throw new MimeProblem(`The ${type} part is not UTF-8.`);
  }
}

/** @returns bytes that are valid until the next call. */
function decode(body: Buffer, encoding: string): Buffer {
  switch (encoding) {
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    case 'base64': {
      return decodeBase64(asLines(body).replace(/\n/g, ''), 'A part');
    }
    case '7bit':
    case '8bit':
    case 'binary':
      return Buffer.from(asLines(body), 'latin1');
    default:
      throw new MimeProblem(`A part is encoded as “${encoding.slice(0, 30)}”.`);
  }
}

/**
 * RFC 4648, 4, in canonical form. Programs differ in how they treat other
 * characters.
 */
function decodeBase64(packed: string, what: string): Buffer {
  const bytes = Buffer.from(packed, 'base64');
  if (bytes.toString('base64') !== packed) throw new MimeProblem(`${what} is not valid base64.`);
  return bytes;
}

const WORD = /=\?([\w-]+)\?([BbQq])\?([^?\s]*)\?=/g;

/**
 * Encoded words (RFC 2047). White space between two of them is not displayed.
 */
function readSubject(value: string): string {
  const joined = value.replace(/(\?=)[ \t]+(?==\?)/g, '$1');
  return Buffer.from(joined, 'latin1')
    .toString('utf8')
    .replace(WORD, (_, charset: string, kind: string, content: string) => {
      if (!/^(?:utf-8|us-ascii)$/i.test(charset)) throw new MimeProblem(`The subject is in ${charset}.`);
      if (kind.toUpperCase() === 'B') return decodeBase64(content, 'The subject').toString('utf8');
      return decodeQuotedPrintable(Buffer.from(content.replaceAll('_', '=20'), 'latin1')).toString('utf8');
    });
}
