import { gunzipSync } from 'node:zlib';

/** Encodings by their byte order mark. */
const MARKS: readonly (readonly [number, number, string])[] = [
  [0xff, 0xfe, 'utf-16le'],
  [0xfe, 0xff, 'utf-16be'],
];

/**
 * The text of an SVG file: unpacked if it is gzip, decoded by its byte order
 * mark or its XML declaration (XML 1.0, appendix F), without either.
 * @param maxBytes limit before and after unpacking.
 * @returns null if it exceeds the limit or cannot be unpacked.
 */
export function svgText(bytes: Buffer, maxBytes: number): string | null {
  if (bytes.length > maxBytes) return null;
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return decoded(bytes);
  try {
    return decoded(gunzipSync(bytes, { maxOutputLength: maxBytes }));
  } catch {
    return null;
  }
}

function decoded(bytes: Buffer): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Buffer): string {
  const marked = MARKS.find(([first, second]) => bytes[0] === first && bytes[1] === second);
  if (marked !== undefined) return marked[2];
  // Without a mark, "<" and a zero byte tell UTF-16.
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  const declared = /^\s*<\?xml[^<>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']/.exec(
    bytes.toString('latin1', 0, 300),
  );
  const label = declared?.[1]?.toLowerCase() ?? 'utf-8';
  // A file that declares UTF-16 and begins with one byte per letter is not
  // UTF-16: a program has converted it.
  if (label.startsWith('utf-16')) return 'utf-8';
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return 'utf-8';
  }
}
