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

/** SHA-256 of every pixel outside of the boxes; what is in them does not count. */
export function lockedPixelsHash({ width, height, data }: Pixels, boxes: Boxes): string {
  const locked = Buffer.from(data);
  for (const box of boxes) {
    const [left, right] = [Math.max(0, box.x), Math.min(width, box.x + box.width)];
    for (let row = Math.max(0, box.y); row < Math.min(height, box.y + box.height); row++)
      if (right > left) locked.fill(0, (row * width + left) * 3, (row * width + right) * 3);
  }
  return sha256(locked);
}

/**
 * Compares a picture's locked pixels, before it is encoded or in a lossless file. A JPEG cannot be compared in this way:
 * encoding changes every pixel, so that its receipt names its very bytes.
 */
export function verifyPixels(sealed: SealedPicture, pixels: Pixels): Finding | null {
  const size = `${sealed.width}×${sealed.height}`;
  if (pixels.width !== sealed.width || pixels.height !== sealed.height)
    return pictureFinding('size', size, `${pixels.width}×${pixels.height}`, 'The picture has another size.');
  const found = lockedPixelsHash(pixels, sealed.boxes);
  if (found === sealed.lockedHash) return null;
  return pictureFinding(
    'locked-pixels',
    sealed.lockedHash,
    found,
    'Pixels outside of the partner’s places were changed.',
  );
}

/** @returns null when it is no PNG, or has transparent pixels: what stands behind them would show. */
export function readPng(bytes: Buffer): Pixels | null {
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

const pictureFinding = (code: string, expected: string, found: string, message: string): Finding =>
  findingOf('file', {
    code,
    expected,
    found,
    message,
    wayOut: 'Do not trust this copy: download the picture again from the partner.',
  });
