import type { BakedMaster } from './bake.js';
import { headerLine } from './headers.js';
import { type Condition, type HoleNode, isHole, isLock, type Program } from './master.js';
import { RecipientFiller, type RecipientValues } from './personalise.js';
import { digest } from './tokens.js';
import type { UrlPolicy, ValueProblem } from './values.js';
import { variantName } from './variant.js';

/** Fixed bytes in quoted-printable, holes and conditions. */
type MimeProgram = readonly (
  | Buffer
  | HoleNode
  | { readonly when: Condition; readonly body: MimeProgram; readonly otherwise: MimeProgram }
)[];

/** A baked e-mail with encoded fixed bytes, made once per partner. */
export interface PreparedMime {
  readonly baked: BakedMaster;
  readonly html: MimeProgram;
  readonly text: MimeProgram;
}

export interface MimeInput {
  /**
   * In order. Values are already encoded (see `encodeText`, `formatAddress`).
   * The subject is separate.
   */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /**
   * The boundary is derived from it, so the same message has the same bytes.
   */
  readonly messageId: string;
}

/**
 * A complete message: encoded bytes that are shared by a partner's messages,
 * and this recipient's values.
 */
class MimeMessage {
  readonly ok = true;
  private joined: Buffer | null = null;

  /**
   * @param pieces the message's bytes in order. Most are shared with other
   *   messages and must not be changed.
   * @param variant the variant's name for this recipient.
   */
  constructor(
    readonly pieces: readonly Buffer[],
    readonly variant: string,
  ) {}

  /**
   * The pieces in one buffer, joined at the first access: copying takes longer
   * than all steps before it.
   */
  get raw(): Buffer {
    return (this.joined ??= Buffer.concat(this.pieces));
  }
}

export type BuiltMime = MimeMessage | { readonly ok: false; readonly problems: readonly ValueProblem[] };

/**
 * A soft line break (RFC 2045, 6.7). It ends each piece, so that pieces can be
 * joined regardless of line length.
 */
const SOFT_LINE_BREAK = '=\r\n';
const LINE = 75;

/** The encoded form of each byte, without special cases. */
const ENCODED_BYTES = Array.from({ length: 256 }, (_, byte) =>
  (byte >= 32 && byte <= 126 && byte !== 61) || byte === 9
    ? String.fromCharCode(byte)
    : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
);

/**
 * Quoted-printable (RFC 2045, 6.7). Every piece starts at the start of a line
 * and ends with a soft break.
 */
function encodePiece(text: string): string {
  const bytes = Buffer.from(text.includes('\n') ? text.replace(/\r?\n/g, '\r\n') : text);
  let out = '';
  let column = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1];
    if (byte === 13 && next === 10) {
      out += '\r\n';
      column = 0;
      at++;
      continue;
    }
    // White space at the end of a line may be removed in transit.
    const lost = (byte === 32 || byte === 9) && (next === undefined || next === 13);
    const written = lost ? (byte === 32 ? '=20' : '=09') : (ENCODED_BYTES[byte] ?? '');
    if (column + written.length > LINE) {
      out += SOFT_LINE_BREAK;
      column = 0;
    }
    out += written;
    column += written.length;
  }
  return out + SOFT_LINE_BREAK;
}

/** Values that need no encoding and fit on a line: most recipient values. */
const PLAIN = /^[!-<>-~](?:[ -<>-~]{0,73}[!-<>-~])?$/;

const encodeValuePiece = (value: string): string => (PLAIN.test(value) ? value + SOFT_LINE_BREAK : encodePiece(value));

function prepareProgram(program: Program): MimeProgram {
  return program.flatMap((node): MimeProgram => {
    if (typeof node === 'string') return [Buffer.from(encodePiece(node), 'latin1')];
    if (isHole(node)) return [node];
    if (isLock(node)) return prepareProgram(node.body);
    return [{ when: node.when, body: prepareProgram(node.body), otherwise: prepareProgram(node.otherwise) }];
  });
}

/** Encodes the fixed bytes of both parts, once. */
export function prepareMime(baked: BakedMaster): PreparedMime {
  return { baked, html: prepareProgram(baked.html), text: prepareProgram(baked.text) };
}

/**
 * Builds one recipient's message (RFC 5322, multipart/alternative of RFC 2046):
 * headers, prepared pieces and the recipient's values.
 * The same values give the same bytes.
 * @returns the message, or the problems that prevent it.
 */
export function buildMime(
  prepared: PreparedMime,
  recipient: RecipientValues,
  policy: UrlPolicy,
  subjectHeader: (subject: string) => string,
  input: MimeInput,
): BuiltMime {
  const { baked, html, text } = prepared;
  const filler = new RecipientFiller(baked.holes, recipient, policy);
  const subject = filler.fill(baked.subject, 'text');
  // "=_" cannot occur in quoted-printable text, so neither can the boundary.
  const boundary = `=_tl_${digest(input.messageId).slice(0, 32)}`;
  const part = (type: string): string =>
    `\r\n--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;
  const head = [
    ...input.headers.map(([name, value]) => headerLine(name, value)),
    headerLine('Subject', subjectHeader(subject)),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n`,
  ];
  const writer = new PieceWriter(filler);
  writer.add(head.join('\r\n') + part('text/plain'));
  writer.appendProgram(text, 'text');
  writer.add(part('text/html'));
  writer.appendProgram(html, 'html');
  writer.add(`\r\n--${boundary}--\r\n`);
  if (filler.problems.length > 0) return { ok: false, problems: filler.problems };
  return new MimeMessage(writer.pieces(), variantName(baked.locale, filler.held));
}

/**
 * Collects a message's pieces. Recipient values share one buffer, because a
 * buffer costs as much as a value.
 */
class PieceWriter {
  private readonly parts: (Buffer | string)[] = [];
  private own = '';
  private readonly encoded = { html: [] as (string | undefined)[], text: [] as (string | undefined)[] };

  constructor(private readonly filler: RecipientFiller) {}

  add(ascii: string): void {
    this.parts.push(ascii);
    this.own += ascii;
  }

  appendProgram(program: MimeProgram, form: 'html' | 'text'): void {
    for (const node of program) {
      if (Buffer.isBuffer(node)) this.parts.push(node);
      else if ('hole' in node) this.add((this.encoded[form][node.hole] ??= this.encode(node.hole, form)));
      else this.appendProgram(this.filler.chosen(node.when) ? node.body : node.otherwise, form);
    }
  }

  pieces(): Buffer[] {
    const own = Buffer.from(this.own, 'latin1');
    let at = 0;
    return this.parts.map((part) => (typeof part === 'string' ? own.subarray(at, (at += part.length)) : part));
  }

  private encode(hole: number, form: 'html' | 'text'): string {
    const { html, text } = this.filler.value(hole);
    const other = this.encoded[form === 'html' ? 'text' : 'html'][hole];
    return html === text && other !== undefined ? other : encodeValuePiece(form === 'html' ? html : text);
  }
}
