import { decodeQuotedPrintable, textOf } from './quoted-printable.js';

/** A decoded piece of a part. */
interface DecodedPiece {
  /** A copy, because the caller may overwrite the piece. */
  readonly encoded: Buffer;
  readonly decoded: Buffer;
  readonly text: string;
}

/** A piece and its offset in a message. */
export interface PositionedPiece {
  readonly at: number;
  readonly piece: DecodedPiece;
}

/** A part that was decoded from pieces. */
export interface DecodedPart {
  readonly text: string;
  /** The same in UTF-8. Valid until the next part is read. */
  readonly bytes: Buffer;
}

/** Shorter pieces are decoded as fast as they are looked up. */
const MIN_CACHED_BYTES = 256;
const SOFT_BREAK = Buffer.from('=\r\n');

const decodedPieces = new WeakMap<Buffer, DecodedPiece | null>();
let scratch = Buffer.alloc(64 * 1024);

/**
 * @param pieces of a message, in order. Most are shared by all messages of one
 *   e-mail, and are decoded once.
 */
export function positionedPieces(pieces: readonly Buffer[]): PositionedPiece[] {
  const found: PositionedPiece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const known = piece.length < MIN_CACHED_BYTES ? null : pieceOf(piece);
    if (known !== null) found.push({ at, piece: known });
    at += piece.length;
  }
  return found;
}

/**
 * Decodes a quoted-printable part with pieces that were decoded before. A piece
 * is used only if its exact bytes are at its position, between two soft line
 * breaks. Quoted-printable can be divided there.
 * @param start of the part in its message. Offsets of pieces are relative to
 *   the message.
 * @returns null if this fails. The part may still be valid if decoded as a
 *   whole.
 */
export function decodeByPieces(part: Buffer, start: number, pieces: readonly PositionedPiece[]): DecodedPart | null {
  if (scratch.length < part.length) scratch = Buffer.alloc(part.length);
  const texts: string[] = [];
  let [from, length] = [0, 0];
  const add = (bytes: Buffer, text: string): void => {
    scratch.set(bytes, length);
    length += bytes.length;
    texts.push(text);
  };
  const decodeUntil = (end: number): void => {
    if (end === from) return;
    const bytes = decodeQuotedPrintable(part.subarray(from, end));
    add(bytes, textOf(bytes));
  };
  try {
    for (const { at, piece } of pieces) {
      const { encoded, decoded, text } = piece;
      const begin = at - start;
      const end = begin + encoded.length;
      if (begin < from || end > part.length || !part.subarray(begin, end).equals(encoded)) continue;
      if (begin > 0 && !endsInSoftBreak(part.subarray(0, begin))) continue;
      decodeUntil(begin);
      add(decoded, text);
      from = end;
    }
    if (texts.length === 0) return null;
    decodeUntil(part.length);
  } catch {
    return null;
  }
  return { text: texts.join(''), bytes: scratch.subarray(0, length) };
}

/** @returns null if the piece cannot be decoded separately. */
function pieceOf(lent: Buffer): DecodedPiece | null {
  const before = decodedPieces.get(lent);
  if (before !== undefined) return before;
  const piece = endsInSoftBreak(lent) ? decodedAlone(Buffer.from(lent)) : null;
  decodedPieces.set(lent, piece);
  return piece;
}

function decodedAlone(encoded: Buffer): DecodedPiece | null {
  try {
    const decoded = Buffer.from(decodeQuotedPrintable(encoded));
    return { encoded, decoded, text: textOf(decoded) };
  } catch {
    return null;
  }
}

const endsInSoftBreak = (bytes: Buffer): boolean => bytes.subarray(-SOFT_BREAK.length).equals(SOFT_BREAK);
