import { sharp } from './sharp.js';
import { escapeXml } from './escape-xml.js';
import type { LogoSvg } from './svg/logo-svg.js';
import { trimmed } from './trimmed.js';

const MAX_PIXELS = 16_000_000;
const MAX_RASTER_PIXELS = 50_000_000;
const MAX_SIDE = 2_000;

/**
 * Draws pictures that are not trusted. Call it in a subprocess only: 2 KB of
 * nested <use>, or a JPEG of thousands of scans, can take minutes. The
 * decoder's own time limit does not stop it.
 */

/**
 * An SVG as PNG of at most 2000 pixels a side, whatever its units. Ink that
 * fills less than half of it, such as a logo on an A4 page, is drawn again
 * larger.
 */
export async function drawLogo(svg: LogoSvg): Promise<Buffer> {
  const scale = scaleOf(svg);
  const base = { width: side(svg.width * scale), height: side(svg.height * scale) };
  const root = `<svg xmlns="${SVG}" width="${base.width}" height="${base.height}" viewBox="${svg.viewBox}" preserveAspectRatio="${escapeXml(svg.preserveAspectRatio)}"${svg.attributes}>${svg.content}</svg>`;
  const startedAt = process.cpuUsage();
  let [area, png] = [{ x: 0, y: 0, width: base.width, height: base.height }, await drawSvg(root)];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { width, height } = await sizeOf(png);
    const ink = (await trimmed(png))?.area ?? null;
    const isSmall = ink !== null && Math.max(ink.width / width, ink.height / height) < 0.5;
    if (!isSmall || process.cpuUsage(startedAt).user > MAX_FIRST_DRAWINGS_US) break;
    const unit = { x: area.width / width, y: area.height / height };
    area = {
      x: area.x + (ink.x - 1) * unit.x,
      y: area.y + (ink.y - 1) * unit.y,
      width: (ink.width + 2) * unit.x,
      height: (ink.height + 2) * unit.y,
    };
    const larger = scaleOf(area);
    png = await drawSvg(
      `<svg xmlns="${SVG}" width="${side(area.width * larger)}" height="${side(area.height * larger)}" viewBox="${area.x} ${area.y} ${area.width} ${area.height}">${root}</svg>`,
    );
  }
  return png;
}

const SVG = 'http://www.w3.org/2000/svg';
const MAX_LOGO_PIXELS = 1_600_000;
const MAX_ROUNDS = 3;
/** What the drawings before the last one may take, of 3 s for all. */
const MAX_FIRST_DRAWINGS_US = 900_000;

/** Within 2000 pixels a side, and the pixels that can be measured in time. */
const scaleOf = ({ width, height }: { readonly width: number; readonly height: number }): number =>
  Math.min(MAX_SIDE / Math.max(width, height), Math.sqrt(MAX_LOGO_PIXELS / (width * height)));

const side = (pixels: number): number => Math.min(MAX_SIDE, Math.max(1, Math.round(pixels)));

const drawSvg = (svg: string): Promise<Buffer> =>
  sharp(Buffer.from(svg), { limitInputPixels: MAX_PIXELS, density: 72 }).png({ compressionLevel: 3 }).toBuffer();

async function sizeOf(png: Buffer): Promise<{ readonly width: number; readonly height: number }> {
  const { width, height } = await sharp(png).metadata();
  return { width, height };
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
