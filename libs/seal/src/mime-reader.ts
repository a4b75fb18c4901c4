import { isAscii } from 'node:buffer';

/** A mail that is not in the one shape that sealed mail has. */
export class MimeProblem extends Error {
  override readonly name = 'MimeProblem';
}

/** What a mail program shows of a sealed mail; line ends are LF. */
export interface ReadMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Without angle brackets; null when there is none. */
  readonly messageId: string | null;
}

interface Header {
  readonly name: string;
  readonly value: string;
}
interface Entity {
  readonly headers: readonly Header[];
  /** As it came; line ends may be CRLF or LF. Shared with the message: never written to. */
  readonly body: Buffer;
}

const MAX_BYTES = 2_000_000;
/** What decides how a mail is read: two of one are read differently by different programs. */
const ONCE = ['content-type', 'content-transfer-encoding', 'content-disposition', 'mime-version', 'subject'];
const [EQUALS, CR, LF, SPACE, TAB] = [0x3d, 0x0d, 0x0a, 0x20, 0x09] as const;
const NOTHING = Buffer.alloc(0);
const PART_HEADERS = ['content-type', 'content-transfer-encoding'];

/**
 * Reads a mail of exactly one shape: an alternative (RFC 2046, 5.1.4) of one text/plain and one text/html in UTF-8, and
 * nothing before, between or after. Relays may add headers and encode parts anew; whatever programs could read
 * differently, a part more, a header twice, text outside of parts, is refused, not interpreted.
 * @throws MimeProblem saying what is not in that shape.
 */
export function readMail(bytes: Buffer): ReadMail {
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
    throw new MimeProblem(`The mail is no alternative of text and HTML, but “${type.slice(0, 60)}”.`);
  if (!/^(?:7bit|8bit|binary)?$/i.test(headerOf(mail, 'content-transfer-encoding') ?? ''))
    throw new MimeProblem('The mail as a whole is encoded.');
  const [plain, rich] = partsOf(mail.body, boundary[1] ?? boundary[2] ?? '');
  return {
    subject: readSubject(headerOf(mail, 'subject') ?? ''),
    text: contentOf(plain, 'text/plain'),
    html: contentOf(rich, 'text/html'),
    messageId: /^<([^<>\s]+)>$/.exec(headerOf(mail, 'message-id')?.trim() ?? '')?.[1] ?? null,
  };
}

function readEntity(source: Buffer): Entity {
  const { head, body } = halvesOf(source);
  // A line that begins with a space goes on with the one before (RFC 5322, 2.2.3).
  const lines = head.replace(/\n(?=[ \t])/g, '').split('\n');
  const headers = lines
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      if (colon < 1 || /[\s\0]/.test(line.slice(0, colon)))
        throw new MimeProblem('A line of the headers is no header.');
      return { name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1).trim() };
    });
  return { headers, body };
}

/** What stands before the first empty line, and behind it. */
function halvesOf(source: Buffer): { head: string; body: Buffer } {
  const first = lineEndAt(source, 0);
  if (first > 0) return { head: '', body: source.subarray(first) };
  for (let at = source.indexOf(LF); at !== -1; at = source.indexOf(LF, at + 1)) {
    const empty = lineEndAt(source, at + 1);
    if (empty > 0) return { head: asLines(source.subarray(0, at + 1)), body: source.subarray(at + 1 + empty) };
  }
  throw new MimeProblem('A part has no end of its headers.');
}

/** @returns how many bytes long the line end at an index is: 2, 1, or 0 where there is none. */
const lineEndAt = (source: Buffer, at: number): 0 | 1 | 2 =>
  source[at] === LF ? 1 : source[at] === CR && source[at + 1] === LF ? 2 : 0;

/** latin1: a character is a byte; line ends are LF. */
const asLines = (bytes: Buffer): string => bytes.toString('latin1').replace(/\r\n/g, '\n');

const headerOf = ({ headers }: Entity, name: string): string | undefined =>
  headers.find((header) => header.name === name)?.value;

function partsOf(body: Buffer, boundary: string): [Entity, Entity] {
  const [before = NOTHING, ...rest] = splitAt(body, Buffer.from(`--${boundary}`, 'latin1'));
  const after = rest.pop() ?? NOTHING;
  if (asLines(before).trim() !== '' || !/^--\s*$/.test(asLines(after)))
    throw new MimeProblem('Something stands before the first part or after the last.');
  const [first, second] = rest;
  if (first === undefined || second === undefined || rest.length !== 2)
    throw new MimeProblem(`The mail has ${rest.length} parts instead of two: text and HTML.`);
  return [readPart(first), readPart(second)];
}

/** Splits at a delimiter that stands at the beginning of a line; the line end before it belongs to it (RFC 2046, 5.1.1). */
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

function contentOf(part: Entity, type: 'text/plain' | 'text/html'): string {
  const [actual = '', ...parameters] = (headerOf(part, 'content-type') ?? '').split(';');
  const charset = parameters.map((one) => /^\s*charset="?([\w-]+)"?\s*$/i.exec(one)?.[1]?.toLowerCase());
  if (actual.trim().toLowerCase() !== type || charset.length !== 1 || !['utf-8', 'us-ascii'].includes(charset[0] ?? ''))
    throw new MimeProblem(`A part is not ${type} in UTF-8.`);
  const bytes = decode(part.body, (headerOf(part, 'content-transfer-encoding') ?? '7bit').toLowerCase());
  try {
    return textOf(bytes).replace(/\r\n/g, '\n');
  } catch {
    throw new MimeProblem(`The ${type} part is not UTF-8.`);
  }
}

/** UTF-8, strictly; most mail is ASCII, which needs no decoder. */
const textOf = (bytes: Buffer): string =>
  isAscii(bytes) ? bytes.toString('latin1') : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

/** @returns bytes that are good until the next call. */
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

/** RFC 4648, 4, as encoders write it: what stands between or behind the letters some programs pass over and some show. */
function decodeBase64(packed: string, what: string): Buffer {
  const bytes = Buffer.from(packed, 'base64');
  if (bytes.toString('base64') !== packed) throw new MimeProblem(`${what} is not base64 as it says.`);
  return bytes;
}

/** What a byte counts as a hexadecimal digit; far below zero where it is none. */
const DIGITS = Int16Array.from({ length: 256 }, (_, byte) => {
  const digit = '0123456789ABCDEF'.indexOf(String.fromCharCode(byte).toUpperCase());
  return digit === -1 ? -256 : digit;
});

/** Where parts are decoded, one after the other: 30 KB of garbage for each message otherwise. */
let scratch = Buffer.alloc(64 * 1024);

/** RFC 2045, 6.7. White space at the end of a line, which some programs drop and some do not, is refused. */
function decodeQuotedPrintable(source: Buffer): Buffer {
  if (scratch.length < source.length) scratch = Buffer.alloc(source.length);
  const out = scratch;
  let length = 0;
  for (let at = 0; at < source.length; at++) {
    let byte = source[at] ?? 0;
    // Most bytes are letters: one comparison for them.
    if (byte > EQUALS) {
      out[length++] = byte;
      continue;
    }
    if (byte === CR && source[at + 1] === LF) continue;
    if (byte === LF && endsInSpace(source, at))
      throw new MimeProblem('A line ends in white space that programs read differently.');
    if (byte === EQUALS) {
      const lineEnd = at + 1 < source.length ? lineEndAt(source, at + 1) : 0;
      at += lineEnd === 0 ? 2 : lineEnd;
      if (lineEnd > 0) continue;
      byte = at < source.length ? (digit(source[at - 1]) << 4) | digit(source[at]) : -1;
      if (byte < 0) throw new MimeProblem('A part is not quoted-printable as it says.');
    }
    out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** Whether white space stands before the line end whose LF is at an index. */
function endsInSpace(source: Buffer, at: number): boolean {
  const last = source[source[at - 1] === CR ? at - 2 : at - 1];
  return last === SPACE || last === TAB;
}

const digit = (byte = 0): number => DIGITS[byte] ?? -256;

const WORD = /=\?([\w-]+)\?([BbQq])\?([^?\s]*)\?=/g;

/** Encoded words (RFC 2047); white space between two of them is not shown. */
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
