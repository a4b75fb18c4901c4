import { isAscii } from 'node:buffer';
import { MimeProblem } from './mime-problem.js';

const [EQUALS, CR, LF, SPACE, TAB] = [0x3d, 0x0d, 0x0a, 0x20, 0x09] as const;

/**
 * @returns the length in bytes of the line end at an index: 2, 1, or 0 if there
 *   is none.
 */
export const lineEndAt = (source: Buffer, at: number): 0 | 1 | 2 =>
  source[at] === LF ? 1 : source[at] === CR && source[at + 1] === LF ? 2 : 0;

/** Strict UTF-8. Most mail is ASCII, which needs no decoder. */
export const textOf = (bytes: Buffer): string =>
  isAscii(bytes) ? bytes.toString('latin1') : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

/** Value of a hexadecimal digit; far below zero for other bytes. */
const DIGITS = Int16Array.from({ length: 256 }, (_, byte) => {
  const digit = '0123456789ABCDEF'.indexOf(String.fromCharCode(byte).toUpperCase());
  return digit === -1 ? -256 : digit;
});

/**
 * Buffer for decoding, shared by all parts. Otherwise each message allocates 30
 * KB.
 */
let scratch = Buffer.alloc(64 * 1024);

/**
 * RFC 2045, 6.7. Refuses white space at the end of a line: only some programs
 * remove it.
 * @returns bytes that are valid until the next call.
 */
export function decodeQuotedPrintable(source: Buffer): Buffer {
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
      throw new MimeProblem('A line ends in white space, which programs read differently.');
    if (byte === EQUALS) {
      const lineEnd = at + 1 < source.length ? lineEndAt(source, at + 1) : 0;
      at += lineEnd === 0 ? 2 : lineEnd;
      if (lineEnd > 0) continue;
      byte = at < source.length ? (digit(source[at - 1]) << 4) | digit(source[at]) : -1;
      if (byte < 0) throw new MimeProblem('A part is not valid quoted-printable.');
    }
    out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** Whether white space precedes the line end whose LF is at an index. */
function endsInSpace(source: Buffer, at: number): boolean {
  const last = source[source[at - 1] === CR ? at - 2 : at - 1];
  return last === SPACE || last === TAB;
}

const digit = (byte = 0): number => DIGITS[byte] ?? -256;
