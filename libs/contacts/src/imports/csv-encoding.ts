import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { encodingByLetters } from './encoding-statistics.js';

const SAMPLE_BYTES = 8 * 1024;

/**
 * Names the encoding of a file, as iconv-lite calls it. Order: byte order mark,
 * position of zero bytes (UTF-16), UTF-8, letters of the text.
 */
export function detectEncoding(bytes: Buffer): string {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const unmarked = unmarkedUtf16(bytes.subarray(0, SAMPLE_BYTES));
  if (unmarked !== null) return unmarked;
  return isUtf8(bytes) || isMostlyUtf8(bytes) ? 'utf-8' : encodingByLetters(bytes);
}

/**
 * Delimiters, digits and "@" are ASCII in every list, so half of the bytes are
 * zero.
 */
function unmarkedUtf16(sample: Buffer): 'utf-16le' | 'utf-16be' | null {
  let [even, odd] = [0, 0];
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (sample[at] === 0) even += 1;
    if (sample[at + 1] === 0) odd += 1;
  }
  const units = Math.max(1, sample.length / 2);
  if (odd / units > 0.4 && even / units < 0.05) return 'utf-16le';
  if (even / units > 0.4 && odd / units < 0.05) return 'utf-16be';
  return null;
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Length of the UTF-8 sequence of several bytes at a place; 0: it is none. */
function sequenceAt(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  for (let next = 1; next < length; next += 1) if (!isContinuation(bytes[at + next])) return 0;
  return length;
}

/**
 * Whether sequences of UTF-8 outnumber other bytes beyond ASCII. In other
 * encodings such sequences do not stand in words, so a few prove UTF-8.
 */
function isMostlyUtf8(bytes: Buffer): boolean {
  let [sequences, others] = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const length = sequenceAt(bytes, at);
    if (length === 0) others += 1;
    else {
      sequences += 1;
      at += length - 1;
    }
  }
  return sequences > others;
}

/**
 * A text in UTF-8 of which some lines are in another encoding: these lines are
 * converted. Lists grow by pasting.
 * @returns the same bytes if every line is UTF-8.
 */
export function repairUtf8(bytes: Buffer): Buffer {
  if (isUtf8(bytes)) return bytes;
  const pieces: Buffer[] = [];
  const wrong: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const newline = bytes.indexOf(0x0a, at);
    const end = newline === -1 ? bytes.length : newline + 1;
    const line = bytes.subarray(at, end);
    pieces.push(line);
    if (!isUtf8(line)) wrong.push(line);
    at = end;
  }
  const encoding = encodingByLetters(Buffer.concat(wrong));
  return Buffer.concat(
    pieces.map((line) => (isUtf8(line) ? line : iconv.encode(iconv.decode(line, encoding), 'utf-8'))),
  );
}

/**
 * Decodes byte slices as they come.
 * Joins a character that two slices split.
 */
export class TextDecoding {
  private readonly decoder: ReturnType<typeof iconv.getDecoder>;

  constructor(encoding: string) {
    this.decoder = iconv.getDecoder(encoding);
  }

  decode(slice: Buffer): string {
    return this.decoder.write(slice);
  }

  flush(): string {
    return this.decoder.end() ?? '';
  }
}
