import { isAscii } from 'node:buffer';
import { sha256 } from './canonical-json.js';
import { positionedPieces, type PositionedPiece, decodeByPieces } from './decoded-pieces.js';
import { type Headers, readContentType, readHeaders } from './mime-headers.js';
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

interface Entity {
  readonly headers: Headers;
  /**
   * As received: line ends are CRLF or LF. Shared with the message and never
   * changed.
   */
  readonly body: Buffer;
}

const MAX_BYTES = 2_000_000;
const [CR, LF] = [0x0d, 0x0a] as const;
const NOTHING = Buffer.alloc(0);
const PART_HEADERS = new Set(['content-type', 'content-transfer-encoding']);
/** RFC 2046, 5.1.1, without the space, which some programs cut off. */
const BOUNDARY = /^[0-9A-Za-z'()+_,./:=?-]{1,70}$/;

/**
 * Reads a mail of exactly one structure: an alternative (RFC 2046, 5.1.4) of
 * one text/plain and one text/html in UTF-8. Relays may add headers and encode
 * parts again. Refuses everything that programs could read differently: another
 * part, a duplicate header, a parameter that sealed mail does not have, text
 * outside parts.
 * @param pieces of which the mail was made, if known: shared pieces are decoded
 *   once. They are compared with the bytes, so the result does not depend on
 *   them.
 * @throws MimeProblem with the difference.
 */
export function readMail(bytes: Buffer, pieces: readonly Buffer[] = []): ReadMail {
  if (bytes.length > MAX_BYTES) throw new MimeProblem(`The mail has more than ${MAX_BYTES / 1_000_000} MB.`);
  const mail = readEntity(bytes);
  // Without it, a program may show the source of the parts (RFC 2045, 4).
  if (headerOf(mail, 'mime-version') !== '1.0') throw new MimeProblem('The mail is not MIME 1.0.');
  const { type, parameters } = readContentType(headerOf(mail, 'content-type') ?? '');
  const boundary = parameters.get('boundary') ?? '';
  if (type !== 'multipart/alternative' || parameters.size !== 1 || !BOUNDARY.test(boundary))
    throw new MimeProblem(`The mail is not an alternative of text and HTML, but “${type.slice(0, 60)}”.`);
  if (!/^(?:7bit|8bit|binary)$/i.test(headerOf(mail, 'content-transfer-encoding') ?? '7bit'))
    throw new MimeProblem('The mail as a whole is encoded.');
  const [plain, rich] = partsOf(mail.body, boundary);
  const whole = { bytes, pieces: positionedPieces(pieces) };
  const text = contentOf(plain, 'text/plain', whole);
  const html = contentOf(rich, 'text/html', whole);
  return {
    subject: readSubject(headerOf(mail, 'subject') ?? ''),
    text: text.text,
    html: html.text,
    ...(html.bytes === null ? {} : { htmlHash: sha256(html.bytes) }),
    messageId: /^<([^<>\s]+)>$/.exec(headerOf(mail, 'message-id') ?? '')?.[1] ?? null,
  };
}

function readEntity(source: Buffer): Entity {
  const { head, body } = halvesOf(source);
  return { headers: readHeaders(head.toString('latin1')), body };
}

/** Splits at the first empty line. */
function halvesOf(source: Buffer): { head: Buffer; body: Buffer } {
  const first = lineEndAt(source, 0);
  if (first > 0) return { head: NOTHING, body: source.subarray(first) };
  for (let at = source.indexOf(LF); at !== -1; at = source.indexOf(LF, at + 1)) {
    const empty = lineEndAt(source, at + 1);
    if (empty > 0) return { head: source.subarray(0, at + 1), body: source.subarray(at + 1 + empty) };
  }
  throw new MimeProblem('The headers of a part do not end.');
}

/** latin1: one character per byte. Line ends are LF. */
const asLines = (bytes: Buffer): string => bytes.toString('latin1').replace(/\r\n/g, '\n');

const headerOf = ({ headers }: Entity, name: string): string | undefined => headers.get(name)?.trim();

function partsOf(body: Buffer, boundary: string): [Entity, Entity] {
  const [before = NOTHING, ...rest] = splitAt(body, Buffer.from(`--${boundary}`, 'latin1'));
  const after = rest.pop() ?? NOTHING;
  if (!/^[\r\n]*$/.test(before.toString('latin1')) || !/^--[\r\n \t]*$/.test(after.toString('latin1')))
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
  const lineEnd = lineEndAt(source, 0);
  // A longer line is a delimiter only to programs that compare its beginning.
  if (lineEnd === 0) throw new MimeProblem('A line begins as a delimiter of parts, and is none.');
  const entity = readEntity(source.subarray(lineEnd));
  const other = [...entity.headers.keys()].filter((name) => !PART_HEADERS.has(name));
  if (other.length > 0)
    throw new MimeProblem(`A part has headers that sealed mail does not have: ${other.join(', ').slice(0, 100)}.`);
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
  const { type: actual, parameters } = readContentType(headerOf(part, 'content-type') ?? '');
  const charset = parameters.get('charset')?.toLowerCase() ?? '';
  if (actual !== type || parameters.size !== 1 || !['utf-8', 'us-ascii'].includes(charset))
    throw new MimeProblem(`A part is not ${type} in UTF-8.`);
  const encoding = (headerOf(part, 'content-transfer-encoding') ?? '7bit').toLowerCase();
  const known =
    encoding === 'quoted-printable' && pieces.length > 0
      ? decodeByPieces(part.body, part.body.byteOffset - bytes.byteOffset, pieces)
      : null;
  if (known?.text.includes('\r') === false && charset === 'utf-8') return known;
  const decoded = decode(part.body, encoding);
  if (charset === 'us-ascii' && !isAscii(decoded))
    throw new MimeProblem(`The ${type} part says that it is ASCII, and is not.`);
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
    case 'binary': {
      if (encoding === '7bit' && !isAscii(body)) throw new MimeProblem('A part has bytes that 7bit does not have.');
      const lines = asLines(body);
      if (lines.includes('\r')) throw new MimeProblem('A part has a line end that only some programs know.');
      return Buffer.from(lines, 'latin1');
    }
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

const WORD = /^=\?([\w-]+)\?([BbQq])\?([!->@-~]*)\?=$/;

/**
 * Encoded words (RFC 2047). White space between two of them is not displayed.
 * An encoded word that touches other text is refused: only some programs decode
 * it.
 * @throws MimeProblem
 */
function readSubject(value: string): string {
  if (!isAscii(Buffer.from(value, 'latin1'))) throw new MimeProblem('The subject has bytes beyond ASCII.');
  let [subject, space, isAfterWord] = ['', '', false];
  for (const token of value.split(/([ \t]+)/)) {
    if (token.trim() === '') {
      space = token;
      continue;
    }
    const word = WORD.exec(token);
    if (word === null && token.includes('=?') && token.includes('?='))
      throw new MimeProblem('The subject has an encoded word that only some programs decode.');
    subject += (word !== null && isAfterWord ? '' : space) + (word === null ? token : decodeWord(word));
    isAfterWord = word !== null;
  }
  return subject;
}

function decodeWord([, charset = '', kind = '', content = '']: RegExpExecArray): string {
  if (!/^(?:utf-8|us-ascii)$/i.test(charset)) throw new MimeProblem(`The subject is in ${charset}.`);
  const bytes =
    kind.toUpperCase() === 'B'
      ? decodeBase64(content, 'The subject')
      : decodeQuotedPrintable(Buffer.from(content.replaceAll('_', '=20'), 'latin1'));
  if (charset.toLowerCase() === 'us-ascii' && !isAscii(bytes))
    throw new MimeProblem('The subject says that it is ASCII, and is not.');
  try {
    return textOf(bytes);
  } catch {
    throw new MimeProblem('The subject is not UTF-8.');
  }
}
