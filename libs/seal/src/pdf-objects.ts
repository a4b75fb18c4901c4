import { inflateSync } from 'node:zlib';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** More than any page of operators or any logo has. */
const MAX_INFLATED_BYTES = 64_000_000;
const MAX_PIXELS = 32_000;

/**
 * @returns null if it is not one complete zlib stream (RFC 1950) of an
 *   acceptable size.
 */
export function inflated(stream: Buffer): Buffer | null {
  try {
    const { buffer, engine } = inflateSync(stream, { info: true, maxOutputLength: MAX_INFLATED_BYTES }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    // Readers ignore bytes after the end of a stream, but they were not written
    // by us.
    return engine.bytesWritten === stream.length ? buffer : null;
  } catch {
    return null;
  }
}

const FRAME = '/Type /XObject /Subtype /Image /Width ([1-9]\\d{0,4}) /Height ([1-9]\\d{0,4}) /BitsPerComponent 8';
const PICTURE = new RegExp(
  `^${FRAME} /ColorSpace \\[/Indexed /DeviceRGB (0|[1-9]\\d{0,2}) <([0-9a-f]+)>\\] /SMask ([1-9]\\d*) 0 R /Filter /FlateDecode$`,
);
const MASK = new RegExp(`^${FRAME} /ColorSpace /DeviceGray /Filter /FlateDecode$`);

/** Checks a logo's colours: palette indexes, with its own mask. */
export function pictureProblem(entries: string, stream: Buffer, mask: number): string | null {
  const match = PICTURE.exec(entries);
  if (match === null) return 'A picture does not have the entries of a logo.';
  const [, width, height, last, palette, masked] = match;
  if (Number(masked) !== mask) return 'A picture has a wrong mask.';
  if (Number(last) > 255 || palette?.length !== (Number(last) + 1) * 6) return 'A picture has a broken palette.';
  return pixelsProblem(Number(width), Number(height), stream);
}

/** Checks the opacity of a logo's pixels. */
export function maskProblem(entries: string, stream: Buffer): string | null {
  const match = MASK.exec(entries);
  return match === null
    ? 'A mask does not have the entries of a mask.'
    : pixelsProblem(Number(match[1]), Number(match[2]), stream);
}

function pixelsProblem(width: number, height: number, stream: Buffer): string | null {
  if (width > MAX_PIXELS || height > MAX_PIXELS) return 'A picture is larger than any logo.';
  return inflated(stream)?.length === width * height ? null : 'A picture does not have the declared number of pixels.';
}

const LINK =
  /^\/Type \/Annot \/Subtype \/Link \/Rect \[(\S+) (\S+) (\S+) (\S+)\] \/Border \[0 0 0\] \/F 4 \/A << \/S \/URI \/URI \(((?:[^\\()]|\\[\\()])*)\) >>$/;
const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/** Checks a link: in its own box, to a web address, with no other action. */
export function linkProblem(entries: string, { x, y, width, height }: Box): string | null {
  const match = LINK.exec(entries);
  if (match === null) return 'A link does more than open a web address.';
  const corners = [x, y, x + width, y + height];
  if (match.slice(1, 5).some((text, at) => !isNear(text, corners[at] ?? NaN))) return 'A link is outside its box.';
  const address = (match[5] ?? '').replace(/\\([\\()])/g, '$1');
  if (!/^[\x21-\x7e]{1,500}$/.test(address) || !URL.canParse(address)) return 'A link has no web address.';
  const url = new URL(address);
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL.test(url.hostname));
  return safe && url.href === address && url.username === '' && url.password === ''
    ? null
    : 'A link does not lead to a plain https address.';
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d{1,5})?$/;

/** The number in plain notation; null if it is written differently. */
export const plainNumber = (text: string): number | null => (NUMBER.test(text) ? Number(text) : null);

/** Coordinates have two decimals. */
export function isNear(text: string, expected: number): boolean {
  const value = plainNumber(text);
  return value !== null && Math.abs(value - expected) <= 0.00501;
}
