import type { BakedMaster } from './bake.js';
import { headerLine } from './headers.js';
import { isHole, isLock, isWhen, type Program } from './master.js';
import { RecipientFiller, type RecipientValues } from './personalise.js';
import { digest } from './tokens.js';
import type { UrlPolicy, ValueProblem } from './values.js';

/** A baked e-mail whose fixed bytes are already quoted-printable: made once per partner. */
export interface PreparedMime {
  readonly baked: BakedMaster;
  readonly html: Program;
  readonly text: Program;
}

export interface MimeInput {
  /** In order; values already in header form (see `encodeText`, `formatAddress`). Subject is the message's own. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Names this message: the boundary follows from it, so the same message has the same bytes. */
  readonly messageId: string;
}

export type BuiltMime =
  | { readonly ok: true; readonly raw: Buffer; readonly html: string }
  | { readonly ok: false; readonly problems: readonly ValueProblem[] };

/** A soft line break (RFC 2045, 6.7): ends a piece, so that pieces can be joined without looking at one another's line length. */
const FENCE = '=\r\n';
const LINE = 75;

/**
 * Quoted-printable (RFC 2045, 6.7). Every piece begins at the start of a line and ends with a soft break.
 */
function encodePiece(text: string): string {
  const bytes = Buffer.from(text.replace(/\r?\n/g, '\r\n'));
  let out = '';
  let column = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 13 && bytes[at + 1] === 10) {
      out += '\r\n';
      column = 0;
      at++;
      continue;
    }
    const space = byte === 32 || byte === 9;
    const atLineEnd = space && (at + 1 === bytes.length || bytes[at + 1] === 13);
    const plain = (byte >= 33 && byte <= 126 && byte !== 61) || (space && !atLineEnd);
    const width = plain ? 1 : 3;
    if (column + width > LINE) {
      out += FENCE;
      column = 0;
    }
    out += plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    column += width;
  }
  return out + FENCE;
}

function prepareProgram(program: Program): Program {
  return program.map((node) => {
    if (typeof node === 'string') return encodePiece(node);
    if (isHole(node) || isLock(node)) return node;
    return { when: node.when, body: prepareProgram(node.body), otherwise: prepareProgram(node.otherwise) };
  });
}

/** Encodes the fixed bytes of both parts, once. */
export function prepareMime(baked: BakedMaster): PreparedMime {
  return { baked, html: prepareProgram(baked.html), text: prepareProgram(baked.text) };
}

/**
 * One recipient's message (RFC 5322, multipart/alternative of RFC 2046): pieces and encoded values, joined.
 * @returns the bytes to hand over, and the HTML as the recipient will decode it, for the seal.
 */
export function buildMime(
  prepared: PreparedMime,
  recipient: RecipientValues,
  policy: UrlPolicy,
  subjectHeader: (subject: string) => string,
  input: MimeInput,
): BuiltMime {
  const { baked } = prepared;
  const filler = new RecipientFiller(baked.holes, recipient, policy);
  const join = (program: Program, form: 'html' | 'text'): string => {
    let out = '';
    for (const node of program) {
      if (typeof node === 'string') out += node;
      else if (isHole(node)) out += encodePiece(filler.value(node.hole)[form]);
      else if (isWhen(node)) out += join(filler.chosen(node.when) ? node.body : node.otherwise, form);
    }
    return out;
  };
  const text = join(prepared.text, 'text');
  const html = join(prepared.html, 'html');
  const decoded = filler.fill(baked.html, 'html');
  const subject = filler.fill(baked.subject, 'text');
  if (filler.problems.length > 0) return { ok: false, problems: filler.problems };
  // "=_" cannot occur in quoted-printable text, so the boundary cannot either.
  const boundary = `=_tl_${digest(input.messageId).slice(0, 32)}`;
  const head = [
    ...input.headers.map(([name, value]) => headerLine(name, value)),
    headerLine('Subject', subjectHeader(subject)),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"`,
  ];
  const part = (type: string, body: string): string =>
    `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${body}\r\n`;
  const raw = Buffer.from(
    `${head.join('\r\n')}\r\n\r\n${part('text/plain', text)}${part('text/html', html)}--${boundary}--\r\n`,
    'latin1',
  );
  return { ok: true, raw, html: decoded };
}
