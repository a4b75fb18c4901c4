import { createHash } from 'node:crypto';
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
 * Cache limit for decoded pictures, in pixels: the three sizes of two posts.
 */
const REMEMBERED_PIXELS = 16_000_000;
const remembered = new Map<string, Pixels>();

/**
 * The vendor's pixels, decoded once for many partners.
 * @throws Error if they are not the pixels that were prepared.
 */
export async function vendorPixels(plan: PicturePlan, png: Buffer): Promise<Pixels> {
  const known = remembered.get(plan.pixelsHash);
  if (known !== undefined) return known;
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  if (hashOf(data) !== plan.pixelsHash)
    throw new Error('The prepared picture is damaged: its pixels differ from the published ones.');
  const pixels = { data, width: info.width, height: info.height };
  const kept = [...remembered.values()].reduce((sum, { width, height }) => sum + width * height, 0);
  if (kept + pixels.width * pixels.height > REMEMBERED_PIXELS) remembered.clear();
  remembered.set(plan.pixelsHash, pixels);
  return pixels;
}

/** SHA-256, hex. */
export const hashOf = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

/**
 * Draws a layer over a picture, in place (Porter and Duff's "over"). Clips it
 * to the picture.
 */
export function drawOver({ data, width, height }: Pixels, layer: Layer): void {
  for (let row = 0; row < layer.height; row++) {
    const y = layer.y + row;
    if (y < 0 || y >= height) continue;
    for (let column = 0; column < layer.width; column++) {
      const x = layer.x + column;
      const from = (row * layer.width + column) * 4;
      const opacity = layer.data[from + 3] ?? 0;
      if (opacity === 0 || x < 0 || x >= width) continue;
      const to = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const under = data[to + channel] ?? 0;
        const over = layer.data[from + channel] ?? 0;
        data[to + channel] = Math.round((over * opacity + under * (255 - opacity)) / 255);
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
