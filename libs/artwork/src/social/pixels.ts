import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { sharp } from '../sharp.js';
import type { PicturePlan, PixelBox } from './picture-plan.js';

/**
 * Rows of pixels from the upper left: red, green, blue, and optionally opacity.
 */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Red, green, blue and opacity of each pixel, with a position on a picture. */
export interface Layer extends Pixels {
  readonly x: number;
  readonly y: number;
}

/**
 * Cache limit for decoded pictures, in bytes: the three sizes of three posts in two languages. Each partner that
 * launches a campaign gets all of them, one after the other.
 */
const REMEMBERED_BYTES = 75_000_000;
const remembered = new LRUCache<string, Promise<Pixels>>({ maxSize: REMEMBERED_BYTES });

/**
 * The vendor's pixels, decoded once for many partners.
 * @throws Error if they are not the pixels that were prepared.
 */
export async function vendorPixels(plan: PicturePlan, png: Buffer): Promise<Pixels> {
  const known = remembered.get(plan.pixelsHash);
  if (known !== undefined) return known;
  const decoding = decode(plan, png);
  remembered.set(plan.pixelsHash, decoding, { size: plan.width * plan.height * 3 });
  decoding.catch(() => remembered.delete(plan.pixelsHash));
  return decoding;
}

async function decode(plan: PicturePlan, png: Buffer): Promise<Pixels> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  if (hashOf(data) !== plan.pixelsHash)
    throw new Error('The prepared picture is damaged: its pixels differ from the published ones.');
  return { data, width: info.width, height: info.height };
}

/** SHA-256, hex. */
export const hashOf = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

/**
 * Draws a layer over a picture, in place (Porter and Duff's "over"). Clips it
 * to the picture.
 */
export function drawOver({ data, width, height }: Pixels, layer: Layer): void {
  const [firstColumn, endColumn] = [Math.max(0, -layer.x), Math.min(layer.width, width - layer.x)];
  const [firstRow, endRow] = [Math.max(0, -layer.y), Math.min(layer.height, height - layer.y)];
  const over = layer.data;
  for (let row = firstRow; row < endRow; row++) {
    let from = (row * layer.width + firstColumn) * 4;
    let to = ((layer.y + row) * width + layer.x + firstColumn) * 3;
    for (let column = firstColumn; column < endColumn; column++, from += 4, to += 3) {
      const opacity = over[from + 3] ?? 0;
      // Most pixels of a text are empty, and most others are opaque.
      if (opacity === 0) continue;
      for (let channel = 0; channel < 3; channel++) {
        const drawn = over[from + channel] ?? 0;
        data[to + channel] =
          opacity === 255 ? drawn : Math.round((drawn * opacity + (data[to + channel] ?? 0) * (255 - opacity)) / 255);
      }
    }
  }
}

/**
 * Whether two pictures of one size are the same, byte for byte, outside these
 * boxes.
 */
export function sameOutside(one: Pixels, other: Pixels, boxes: readonly PixelBox[]): boolean {
  const row = one.width * 3;
  for (let y = 0; y < one.height; y++) {
    const gaps = boxes.filter((box) => y >= box.y && y < box.y + box.height).sort((a, b) => a.x - b.x);
    let from = 0;
    for (const { x, width } of [...gaps, { x: one.width, width: 0 }]) {
      const to = Math.min(Math.max(x, 0), one.width) * 3;
      const [start, end] = [y * row + from, y * row + to];
      if (end > start && one.data.compare(other.data, start, end, start, end) !== 0) return false;
      from = Math.max(from, Math.min(Math.max(x + width, 0), one.width) * 3);
    }
  }
  return true;
}
