import { decodeQuotedPrintable, textOf } from './quoted-printable.js';

/** What a piece of a part says, decoded by itself. */
interface DecodedPiece {
  /** A copy of its own: whoever lent the piece may write to it. */
  readonly encoded: Buffer;
  readonly decoded: Buffer;
  readonly text: string;
}

/** A piece and where it may stand in a message. */
export interface PositionedPiece {
  readonly at: number;
  readonly piece: DecodedPiece;
}

/** A part that was put together from pieces. */
export interface DecodedPart {
  readonly text: string;
  /** The same in UTF-8; good until the next part is read. */
  readonly bytes: Buffer;
}

/** Shorter ones are decoded as fast as they are looked up. */
const MIN_CACHED_BYTES = 256;
const SOFT_BREAK = Buffer.from('=\r\n');

const decodedPieces = new WeakMap<Buffer, DecodedPiece | null>();
let scratch = Buffer.alloc(64 * 1024);

/** @param pieces of a message, in order, as its maker says: most are shared by all messages of one e-mail, and decoded once. */
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
 * Decodes a quoted-printable part, most of which was decoded before: a piece counts only where its very bytes stand, and between two ends of
 * a soft line break, for there quoted-printable can be cut: what is left of a cut says nothing of what is right of it.
 * @param start of the part in its message, by which pieces are placed.
 * @returns null where it cannot be read so; read as a whole, it may yet be good.
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

/** @returns null for what cannot be cut out of a part. */
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
