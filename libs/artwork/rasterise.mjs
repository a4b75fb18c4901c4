/**
 * Draws one SVG in a process that can be killed: standard input in, picture on standard output. A 2 KB file of nested <use>
 * can burn minutes, and the decoder's own time limit does not stop it.
 *
 * rasterise.mjs logo              PNG of at most 2000 pixels a side
 * rasterise.mjs 1200 627          raw red, green and blue of exactly that size, on white
 */
import sharp from 'sharp';

const MAX_PIXELS = 16_000_000;

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const svg = Buffer.concat(chunks);
sharp.concurrency(1);
const [purpose, height] = process.argv.slice(2);
process.stdout.write(purpose === 'logo' ? await logo() : await pixels(Number(purpose), Number(height)));

async function logo() {
  const { width = 300, height = 150 } = await sharp(svg, { unlimited: false }).metadata();
  const scale = Math.min(2000 / Math.max(width, height), 20);
  return sharp(svg, { density: Math.min(Math.max(72 * scale, 1), 2400), limitInputPixels: MAX_PIXELS })
    .resize({ width: 2000, height: 2000, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer();
}

function pixels(width, height) {
  return sharp(svg, { unlimited: false, limitInputPixels: MAX_PIXELS })
    .resize(width, height, { fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer();
}
