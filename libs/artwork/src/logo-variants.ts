import { luminance } from './colour.js';
import { vanishes } from './logo-ink.js';
import { sharp } from './sharp.js';

/** Red, green, blue and opacity of each pixel. */
export interface LogoPixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Longest side on which the parts of a logo are told apart. */
const PARTS_SIDE = 500;
/** Share of a part that vanishes, above which the part is lost. */
const LOST_SHARE = 0.9;
/** Share of the ink that is lost, above which a variant is made. */
const MIN_LOST = 0.005;
/** Ink of recoloured parts, as grey: not lighter, or not darker. */
const DARKEST_ON_LIGHT = 60;
const LIGHTEST_ON_DARK = 200;

/**
 * The logo for a surface on which some of its parts vanish: a white name beside
 * a coloured sign. Only these parts are recoloured, so that the sign keeps its
 * colours. A part is ink that touches; a white letter within a coloured sign
 * belongs to the sign, and stays.
 * @returns null if nothing vanishes.
 */
export async function variantFor(surface: 'light' | 'dark', logo: LogoPixels): Promise<Buffer | null> {
  const { data, width, height } = logo;
  const parts = await partsOf(logo);
  const lost = lostParts(surface, parts);
  if (lost.size === 0) return null;
  const out = Buffer.from(data);
  for (let at = 0; at < width * height; at++) {
    const from = at * 4;
    if ((data[from + 3] ?? 0) === 0) continue;
    const light = luminance(data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0);
    if (!vanishes[surface](light)) continue;
    const column = Math.min(parts.width - 1, Math.floor(((at % width) * parts.width) / width));
    const row = Math.min(parts.height - 1, Math.floor((Math.floor(at / width) * parts.height) / height));
    if (!isLost(parts, lost, column, row)) continue;
    const inverse = 255 - Math.round(255 * light);
    const grey = surface === 'light' ? Math.min(DARKEST_ON_LIGHT, inverse) : Math.max(LIGHTEST_ON_DARK, inverse);
    out.fill(grey, from, from + 3);
  }
  return sharp(out, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
}

/** Ink that touches has one number; 0 is no ink. */
interface Parts extends LogoPixels {
  readonly numbers: Int32Array;
  readonly count: number;
}

async function partsOf({ data, width, height }: LogoPixels): Promise<Parts> {
  const { data: small, info } = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize({ width: PARTS_SIDE, height: PARTS_SIDE, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const numbers = new Int32Array(info.width * info.height);
  let count = 0;
  const isInk = (at: number): boolean => (small[at * 4 + 3] ?? 0) >= 96;
  for (let start = 0; start < numbers.length; start++) {
    if (numbers[start] !== 0 || !isInk(start)) continue;
    count += 1;
    numbers[start] = count;
    const queue = [start];
    for (let at = queue.pop(); at !== undefined; at = queue.pop())
      for (const next of neighbours(at, info.width, info.height))
        if (numbers[next] === 0 && isInk(next)) {
          numbers[next] = count;
          queue.push(next);
        }
  }
  return { data: small, width: info.width, height: info.height, numbers, count };
}

function neighbours(at: number, width: number, height: number): number[] {
  const [column, row] = [at % width, Math.floor(at / width)];
  const found: number[] = [];
  for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++)
    for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++)
      if (x !== column || y !== row) found.push(y * width + x);
  return found;
}

function lostParts(surface: 'light' | 'dark', { data, numbers, count }: Parts): Set<number> {
  const [ink, faint] = [new Float64Array(count + 1), new Float64Array(count + 1)];
  let whole = 0;
  for (const [at, number] of numbers.entries()) {
    if (number === 0) continue;
    whole += 1;
    ink[number] = (ink[number] ?? 0) + 1;
    const light = luminance(data[at * 4] ?? 0, data[at * 4 + 1] ?? 0, data[at * 4 + 2] ?? 0);
    if (vanishes[surface](light)) faint[number] = (faint[number] ?? 0) + 1;
  }
  const lost = new Set<number>();
  let pixels = 0;
  for (let number = 1; number <= count; number++) {
    const size = ink[number] ?? 0;
    if ((faint[number] ?? 0) < size * LOST_SHARE) continue;
    lost.add(number);
    pixels += size;
  }
  return pixels < whole * MIN_LOST ? new Set() : lost;
}

/** The pixel belongs to a lost part, or is its soft edge. */
function isLost({ numbers, width, height }: Parts, lost: ReadonlySet<number>, column: number, row: number): boolean {
  const at = row * width + column;
  const number = numbers[at] ?? 0;
  return number === 0 ? neighbours(at, width, height).some((next) => lost.has(numbers[next] ?? 0)) : lost.has(number);
}

/**
 * Draws all visible ink in one colour. In an opaque picture, darkness counts as
 * ink.
 */
export async function inOneColour(
  { data, width, height }: LogoPixels,
  [red, green, blue]: readonly [number, number, number],
  opaque: boolean,
): Promise<Buffer> {
  const out = Buffer.alloc(width * height * 4);
  for (let at = 0; at < out.length; at += 4) {
    out[at] = red;
    out[at + 1] = green;
    out[at + 2] = blue;
    out[at + 3] = opaque
      ? Math.round(255 * (1 - luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)))
      : (data[at + 3] ?? 0);
  }
  return sharp(out, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
}
