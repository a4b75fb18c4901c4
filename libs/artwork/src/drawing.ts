import { sharp } from './sharp.js';

const MAX_PIXELS = 16_000_000;
const MAX_RASTER_PIXELS = 50_000_000;
const MAX_SIDE = 2_000;

/**
 * Draws pictures that are not trusted. Call it in a subprocess only: 2 KB of
 * nested <use>, or a JPEG of thousands of scans, can take minutes. The
 * decoder's own time limit does not stop it.
 */

/** An SVG as PNG of at most 2000 pixels a side. */
export async function drawLogo(svg: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(svg, { unlimited: false }).metadata();
  const scale = Math.min(MAX_SIDE / Math.max(width, height), 20);
  return sharp(svg, { density: Math.min(Math.max(72 * scale, 1), 2400), limitInputPixels: MAX_PIXELS })
    .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer();
}

/** A PNG, JPEG or WebP, upright, as PNG of at most 2000 pixels a side. */
export function drawRaster(picture: Buffer): Promise<Buffer> {
  return sharp(picture, { limitInputPixels: MAX_RASTER_PIXELS, failOn: 'error' })
    .rotate()
    .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .png()
    .toBuffer();
}

/** Red, green and blue of an SVG on white, of exactly this size. */
export function drawPixels(svg: Buffer, width: number, height: number): Promise<Buffer> {
  return sharp(svg, { unlimited: false, limitInputPixels: MAX_PIXELS })
    .resize(width, height, { fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer();
}
