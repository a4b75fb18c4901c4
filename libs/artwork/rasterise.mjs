/**
 * Rasterises one SVG in a process that can be killed: standard input in, PNG on standard output. A 2 KB file of nested <use>
 * can burn minutes, and the decoder's own time limit does not stop it.
 */
import sharp from 'sharp';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const svg = Buffer.concat(chunks);
sharp.concurrency(1);
const { width = 300, height = 150 } = await sharp(svg, { unlimited: false }).metadata();
const scale = Math.min(2000 / Math.max(width, height), 20);
const png = await sharp(svg, { density: Math.min(Math.max(72 * scale, 1), 2400), limitInputPixels: 16_000_000 })
  .resize({ width: 2000, height: 2000, fit: 'inside', withoutEnlargement: true })
  .png()
  .toBuffer();
process.stdout.write(png);
