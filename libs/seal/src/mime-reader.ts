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
  /** latin1: a character is a byte. */
  readonly body: string;
}

const MAX_BYTES = 2_000_000;
/** What decides how a mail is read: two of one are read differently by different programs. */
const ONCE = ['content-type', 'content-transfer-encoding', 'content-disposition', 'mime-version', 'subject'];
const PART_HEADERS = ['content-type', 'content-transfer-encoding'];

/**
 * Reads a mail of exactly one shape: an alternative (RFC 2046, 5.1.4) of one text/plain and one text/html in UTF-8, and
 * nothing before, between or after. Relays may add headers and encode parts anew; whatever programs could read
 * differently, a part more, a header twice, text outside of parts, is refused, not interpreted.
 * @throws MimeProblem saying what is not in that shape.
 */
export function readMail(bytes: Buffer): ReadMail {
  if (bytes.length > MAX_BYTES) throw new MimeProblem(`The mail has more than ${MAX_BYTES / 1_000_000} MB.`);
  const mail = readEntity(bytes.toString('latin1').replace(/\r\n/g, '\n'));
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

function readEntity(source: string): Entity {
  const end = source.startsWith('\n') ? 0 : source.indexOf('\n\n') + 1;
  if (end === 0 && !source.startsWith('\n')) throw new MimeProblem('A part has no end of its headers.');
  // A line that begins with a space goes on with the one before (RFC 5322, 2.2.3).
  const lines = source
    .slice(0, Math.max(end - 1, 0))
    .replace(/\n(?=[ \t])/g, '')
    .split('\n');
  const headers = lines
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      if (colon < 1 || /[\s\0]/.test(line.slice(0, colon)))
        throw new MimeProblem('A line of the headers is no header.');
      return { name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1).trim() };
    });
  return { headers, body: source.slice(end + 1) };
}

const headerOf = ({ headers }: Entity, name: string): string | undefined =>
  headers.find((header) => header.name === name)?.value;

function partsOf(body: string, boundary: string): [Entity, Entity] {
  const [before = '', ...rest] = `\n${body}`.split(`\n--${boundary}`);
  const after = rest.pop() ?? '';
  if (before.trim() !== '' || !/^--\s*$/.test(after))
    throw new MimeProblem('Something stands before the first part or after the last.');
  const [first, second] = rest;
  if (first === undefined || second === undefined || rest.length !== 2)
    throw new MimeProblem(`The mail has ${rest.length} parts instead of two: text and HTML.`);
  return [readPart(first), readPart(second)];
}

function readPart(source: string): Entity {
  const entity = readEntity(source.replace(/^[ \t]*\n/, ''));
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

function decode(body: string, encoding: string): Buffer {
  switch (encoding) {
    case 'quoted-printable':
      return decodeQuotedPrintable(Buffer.from(body, 'latin1'));
    case 'base64': {
      const packed = body.replace(/\n/g, '');
      const bytes = Buffer.from(packed, 'base64');
      if (bytes.toString('base64').replace(/=+$/, '') !== packed.replace(/=+$/, ''))
        throw new MimeProblem('A part is not base64 as it says.');
      return bytes;
    }
    case '7bit':
    case '8bit':
    case 'binary':
      return Buffer.from(body, 'latin1');
    default:
      throw new MimeProblem(`A part is encoded as “${encoding.slice(0, 30)}”.`);
  }
}

const EQUALS = 0x3d;
const LF = 0x0a;

/** What a byte counts as a hexadecimal digit; far below zero where it is none. */
const DIGITS = Int16Array.from({ length: 256 }, (_, byte) => {
  const digit = '0123456789ABCDEF'.indexOf(String.fromCharCode(byte).toUpperCase());
  return digit === -1 ? -256 : digit;
});

/** RFC 2045, 6.7, in place. White space at the end of a line, which some programs drop and some do not, is refused. */
function decodeQuotedPrintable(source: Buffer): Buffer {
  if (source.includes(' \n') || source.includes('\t\n'))
    throw new MimeProblem('A line ends in white space that programs read differently.');
  let length = 0;
  for (let at = 0; at < source.length; at++) {
    let byte = source[at] ?? 0;
    if (byte === EQUALS) {
      if (at + 1 < source.length && source[at + 1] === LF) {
        at++;
        continue;
      }
      byte = at + 2 < source.length ? (digit(source[at + 1]) << 4) | digit(source[at + 2]) : -1;
      if (byte < 0) throw new MimeProblem('A part is not quoted-printable as it says.');
      at += 2;
    }
    source[length++] = byte;
  }
  return source.subarray(0, length);
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
      if (kind.toUpperCase() === 'B') return Buffer.from(content, 'base64').toString('utf8');
      return decodeQuotedPrintable(Buffer.from(content.replaceAll('_', '=20'), 'latin1')).toString('utf8');
    });
}
