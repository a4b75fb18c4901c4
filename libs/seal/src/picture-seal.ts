import { PNG } from 'pngjs';
import type { SealedPicture } from '#contracts';
import { sha256 } from './canonical-json.js';
import { type Finding, findingOf } from './finding.js';

/** Red, green and blue of every pixel, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

type Boxes = readonly SealedPicture['boxes'][number][];

/** Memory for the copy of a picture. With a new one for each, V8 collects garbage every few pictures. */
let scratch = Buffer.alloc(0);
/** Of the largest picture of a post, 1080 × 1920 pixels, and some more. */
const MAX_SCRATCH_BYTES = 8_000_000;

function scratchCopy(data: Buffer): Buffer {
  if (data.length > MAX_SCRATCH_BYTES) return Buffer.from(data);
  if (scratch.length < data.length) scratch = Buffer.allocUnsafe(data.length);
  data.copy(scratch);
  return scratch.subarray(0, data.length);
}

/** SHA-256 of every pixel outside the boxes. */
export function lockedPixelsHash({ width, height, data }: Pixels, boxes: Boxes): string {
  const locked = scratchCopy(data);
  for (const box of boxes) {
    const [left, right] = [Math.max(0, box.x), Math.min(width, box.x + box.width)];
    for (let row = Math.max(0, box.y); row < Math.min(height, box.y + box.height); row++)
      if (right > left) locked.fill(0, (row * width + left) * 3, (row * width + right) * 3);
  }
  return sha256(locked);
}

/**
 * Compares a picture's locked pixels, before encoding or in a lossless file. A
 * JPEG cannot be compared: encoding changes every pixel. Its receipt contains
 * the hash of its bytes.
 */
export function verifyPixels(sealed: SealedPicture, pixels: Pixels): Finding | null {
  if (pixels.width !== sealed.width || pixels.height !== sealed.height) return wrongSize(sealed, pixels);
  const found = lockedPixelsHash(pixels, sealed.boxes);
  if (found === sealed.lockedHash) return null;
  return pictureFinding(
    sealed,
    'locked-pixels',
    sealed.lockedHash,
    found,
    'Pixels outside the partner’s boxes were changed.',
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export const wrongSize = (sealed: SealedPicture, { width, height }: Size): Finding =>
  pictureFinding(
    sealed,
    'size',
    `${sealed.width}×${sealed.height}`,
    `${width}×${height}`,
    'The picture has another size.',
  );

/** A picture is one lock with its own name. */
export const pictureLock = ({ key, format, locale }: SealedPicture): string => `picture ${key} ${format} (${locale})`;

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Signature and IHDR with its length and checksum. */
const HEAD_BYTES = 33;

/**
 * The declared size of a PNG (PNG specification, 11.2.1), before decoding: 100
 * KB can declare a thousand million pixels.
 * @returns null if it does not begin as a PNG.
 */
export function sizeOfPng(bytes: Buffer): Size | null {
  if (!bytes.subarray(0, 8).equals(SIGNATURE) || bytes.length < HEAD_BYTES) return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/**
 * Chunks that do not change the display. Others are refused: colour profiles
 * and gamma change colours, acTL animates, Exif rotates.
 */
const CHUNKS = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'pHYs', 'sRGB', 'tIME']);
const CHUNK_FRAME = 12;
const INTERLACE_AT = 28;

/**
 * Whether a PNG has only these chunks, to its last byte, without interlacing.
 */
function isPlain(bytes: Buffer): boolean {
  if (sizeOfPng(bytes) === null || bytes[INTERLACE_AT] !== 0) return false;
  let [at, last] = [SIGNATURE.length, ''];
  while (last !== 'IEND') {
    if (at + CHUNK_FRAME > bytes.length) return false;
    last = bytes.toString('latin1', at + 4, at + 8);
    if (!CHUNKS.has(last) || (last === 'IHDR') !== (at === SIGNATURE.length)) return false;
    at += CHUNK_FRAME + bytes.readUInt32BE(at);
  }
  return at === bytes.length;
}

/** @returns null if it is not a plain PNG, or has transparent pixels. */
export function readPng(bytes: Buffer): Pixels | null {
  if (!isPlain(bytes)) return null;
  let image: { width: number; height: number; data: Buffer };
  try {
    image = PNG.sync.read(bytes);
  } catch {
    return null;
  }
  const { width, height, data } = image;
  const rgb = Buffer.allocUnsafe(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    if (data[at * 4 + 3] !== 255) return null;
    data.copy(rgb, at * 3, at * 4, at * 4 + 3);
  }
  return { width, height, data: rgb };
}

const pictureFinding = (
  sealed: SealedPicture,
  code: string,
  expected: string,
  found: string,
  message: string,
): Finding =>
  findingOf('file', {
    code,
    lock: pictureLock(sealed),
    expected,
    found,
    message,
    remedy: 'Do not trust this copy: download the picture again from the partner.',
  });
