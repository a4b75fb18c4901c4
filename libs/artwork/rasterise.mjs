/**
 * Draws one picture in a separate process: it reads standard input and writes the
 * picture to standard output.
 * A 2 KB file of nested <use> or a JPEG of thousands of scans can take minutes. The
 * decoder's own time limit does not stop it.
 * rasterise.mjs logo: PNG of at most 2000 pixels a side.
 * rasterise.mjs raster: the same, from a PNG, JPEG or WebP, rotated upright.
 * rasterise.mjs 1200 627: raw red, green and blue of exactly that size, on white.
 */
import sharp from 'sharp';

const MAX_PIXELS = 16_000_000;
const MAX_RASTER_PIXELS = 50_000_000;

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const picture = Buffer.concat(chunks);
sharp.concurrency(1);
const [purpose, height] = process.argv.slice(2);
const drawings = { logo, raster };
process.stdout.write(await (drawings[purpose]?.() ?? pixels(Number(purpose), Number(height))));

async function logo() {
  const { width = 300, height = 150 } = await sharp(picture, { unlimited: false }).metadata();
  const scale = Math.min(2000 / Math.max(width, height), 20);
  return sharp(picture, { density: Math.min(Math.max(72 * scale, 1), 2400), limitInputPixels: MAX_PIXELS })
    .resize({ width: 2000, height: 2000, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer();
}

function raster() {
  return sharp(picture, { limitInputPixels: MAX_RASTER_PIXELS, failOn: 'error' })
    .rotate()
    .resize({ width: 2000, height: 2000, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .png()
    .toBuffer();
}

function pixels(width, height) {
  return sharp(picture, { unlimited: false, limitInputPixels: MAX_PIXELS })
    .resize(width, height, { fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer();
}
