import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { sharp } from '../sharp.js';
import { type RgbaPixels, shrink } from './shrink.js';
import type { RevisedObject } from './revision.js';

/**
 * A logo as two image objects (ISO 32000-2, 8.9.5): colours and opacity. Both
 * are compressed with zlib.
 */
export interface DocumentPicture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of up to 256 colours. */
  readonly palette: Buffer;
  /** A byte per pixel: the index of its colour. */
  readonly colours: Buffer;
  /** A byte per pixel: 0 is transparent, 255 is opaque. */
  readonly opacity: Buffer;
}

/**
 * The first is sharp in print. The others are tried until the picture fits the
 * byte limit.
 */
const DOTS_PER_INCH = [220, 160, 110, 72, 36];
/** Bits per channel that distinguish colours. */
const DEPTHS = [5, 4, 3];
const MAX_COLOURS = 256;
/** Half the time of zlib's default level, for 3 % more bytes. */
const FAST = { level: 4 };

/**
 * A logo for a box of this size in points, of at most `maxBytes` in both
 * objects. Reduces colours first, then pixels, until it is small enough. Areas
 * of one colour keep exactly that colour. The same logo gives the same bytes.
 */
export async function documentPicture(png: Buffer, box: PictureBox, maxBytes: number): Promise<DocumentPicture> {
  const key = [createHash('sha256').update(png).digest('hex'), box.width, box.height, maxBytes].join(' ');
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const picture = await makePicture(png, box, maxBytes);
  remembered.set(key, picture);
  return picture;
}

interface PictureBox {
  readonly width: number;
  readonly height: number;
}

/**
 * A logo is in every document of its partner, in each locale. A picture has at
 * most about 11 KB.
 */
const REMEMBERED = 64;
const remembered = new LRUCache<string, DocumentPicture>({ max: REMEMBERED });

async function makePicture(png: Buffer, box: PictureBox, maxBytes: number): Promise<DocumentPicture> {
  let smallest: DocumentPicture | null = null;
  const full = await readPixels(png);
  for (const dpi of DOTS_PER_INCH) {
    const pixels = shrink(full, factorFor(full, box, dpi));
    for (const depth of DEPTHS) {
      const picture = encode(pixels, depth);
      if (picture === null) continue;
      if (picture.colours.length + picture.opacity.length + 2 * picture.palette.length <= maxBytes) return picture;
      smallest = picture;
    }
  }
  if (smallest === null) throw new Error('With three bits per channel a picture has at most 512 colours.');
  return smallest;
}

async function readPixels(png: Buffer): Promise<RgbaPixels> {
  const picture = sharp(png);
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  // Our own variants have four channels. Another conversion would cost another
  // pass.
  const rgba = info.channels === 4 ? data : await picture.clone().toColourspace('srgb').ensureAlpha().raw().toBuffer();
  const words = rgba.buffer.slice(rgba.byteOffset, rgba.byteOffset + rgba.byteLength);
  return { data: new Uint32Array(words), width: info.width, height: info.height };
}

/**
 * Pixels of the logo per pixel of the box, in each direction, for at least this
 * resolution.
 */
const factorFor = ({ width, height }: RgbaPixels, box: PictureBox, dpi: number): number =>
  Math.floor(Math.max(1, Math.max(width / ((box.width * dpi) / 72), height / ((box.height * dpi) / 72))));

/**
 * @returns null if the picture has more colours at this depth than a palette
 *   can hold.
 */
function encode({ data, width, height }: RgbaPixels, depth: number): DocumentPicture | null {
  const shades = new ColourGroups(depth);
  // A logo consists mostly of long runs of one colour.
  for (let at = 0, from = 0; at < data.length; at++) {
    const pixel = data[at] ?? 0;
    if (pixel === data[at + 1]) continue;
    if (pixel >>> 24 !== 0) shades.countVotes(pixel, at + 1 - from);
    from = at + 1;
  }
  const numbers = shades.number();
  if (numbers === null) return null;
  const colours = Buffer.alloc(data.length);
  const opacity = Buffer.alloc(data.length);
  // A transparent pixel gets the colour of the pixel before it. That compresses
  // well and adds no other colour when scaled.
  let last = 0;
  for (let at = 0; at < data.length; at++) {
    const pixel = data[at] ?? 0;
    opacity[at] = pixel >>> 24;
    if (opacity[at] !== 0 && pixel !== data[at - 1]) last = numbers[shades.key(pixel)] ?? 0;
    colours[at] = last;
  }
  return {
    width,
    height,
    palette: shades.palette(),
    colours: deflateSync(colours, FAST),
    opacity: deflateSync(opacity, FAST),
  };
}

/**
 * Groups similar colours under one index. Each group shows its most frequent
 * colour.
 */
class ColourGroups {
  private readonly member: Uint32Array;
  private readonly votes: Int32Array;
  private readonly seen: number[] = [];

  constructor(private readonly depth: number) {
    this.member = new Uint32Array(1 << (3 * depth));
    this.votes = new Int32Array(1 << (3 * depth));
  }

  key(pixel: number): number {
    const [drop, keep] = [8 - this.depth, (1 << this.depth) - 1];
    const red = (pixel >>> drop) & keep;
    const green = (pixel >>> (8 + drop)) & keep;
    const blue = (pixel >>> (16 + drop)) & keep;
    return (red << (2 * this.depth)) | (green << this.depth) | blue;
  }

  /** Majority vote in one pass (Boyer and Moore, 1981). */
  countVotes(pixel: number, times: number): void {
    const key = this.key(pixel);
    const votes = this.votes[key] ?? 0;
    const member = this.member[key] ?? 0;
    if (member === 0) this.seen.push(key);
    const same = member !== 0 && (member & 0xffffff) === (pixel & 0xffffff);
    if (same || member === 0 || votes < times) this.member[key] = pixel | 0xff000000;
    this.votes[key] = same || member === 0 ? votes + times : Math.abs(votes - times);
  }

  number(): Uint8Array | null {
    if (this.seen.length > MAX_COLOURS) return null;
    const numbers = new Uint8Array(this.member.length);
    this.seen.forEach((key, at) => {
      numbers[key] = at;
    });
    return numbers;
  }

  palette(): Buffer {
    const colours = this.seen.flatMap((key) => {
      const pixel = this.member[key] ?? 0;
      return [pixel & 0xff, (pixel >>> 8) & 0xff, (pixel >>> 16) & 0xff];
    });
    return Buffer.from(colours.length === 0 ? [0, 0, 0] : colours);
  }
}

/**
 * The two objects of a picture, under the object numbers that the master
 * reserves for them.
 */
export function pictureObjects(picture: DocumentPicture, object: number, mask: number): RevisedObject[] {
  const { width, height, palette, colours, opacity } = picture;
  const frame = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 8`;
  const space = `[/Indexed /DeviceRGB ${palette.length / 3 - 1} <${palette.toString('hex')}>]`;
  return [
    { object, entries: `${frame} /ColorSpace ${space} /SMask ${mask} 0 R /Filter /FlateDecode`, stream: colours },
    { object: mask, entries: `${frame} /ColorSpace /DeviceGray /Filter /FlateDecode`, stream: opacity },
  ];
}
