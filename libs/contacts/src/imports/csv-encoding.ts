import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import iconv from 'iconv-lite';

const SAMPLE_BYTES = 8 * 1024;

/**
 * Names the encoding of a file, as iconv-lite calls it. Order: byte order mark,
 * position of zero bytes (UTF-16), valid UTF-8, letter statistics. Default:
 * Windows-1252, which spreadsheets in western Europe save.
 */
export function detectEncoding(bytes: Buffer): string {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const unmarked = unmarkedUtf16(bytes.subarray(0, SAMPLE_BYTES));
  if (unmarked !== null) return unmarked;
  return isUtf8(bytes) ? 'utf-8' : byStatistics(bytes);
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

function byStatistics(bytes: Buffer): string {
  const from = Math.max(0, bytes.findIndex((byte) => byte >= 0x80) - 1024);
  const matches = chardet
    .analyse(bytes.subarray(from, from + SAMPLE_BYTES))
    .filter(({ name }) => !name.startsWith('UTF') && iconv.encodingExists(name));
  const best = matches[0];
  const western = matches.find(({ name }) => name === 'ISO-8859-1' || name === 'windows-1252');
  // On a few letters all one-byte encodings look alike: take the most common
  // one.
  if (best === undefined || best.confidence < 40) return 'windows-1252';
  return western !== undefined && western.confidence >= best.confidence - 25 ? 'windows-1252' : best.name.toLowerCase();
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
