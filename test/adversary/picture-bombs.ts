import { deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { animated, chunk, flood, packedText, withChunks } from '../support/png-forgery.js';
import { type Bomb, sized, svg } from './bomb.js';
import { DRAWING_FILES, DRAWING_LAYERS } from './drawing-bombs.js';

const base = () =>
  sharp(Buffer.from(svg('<rect width="300" height="80" fill="#0b5cad"/><circle r="40" fill="#fff"/>')));
const png = (): Promise<Buffer> => base().png().toBuffer();
const dataUrl = (type: string, bytes: Buffer): string => `data:image/${type};base64,${bytes.toString('base64')}`;
const embedded = (bytes: Buffer, type = 'png'): string =>
  svg(`<image width="9" height="9" href="${dataUrl(type, bytes)}"/>`);

/** A JPEG whose scans are repeated: each one is decoded over the whole picture. */
async function manyScans(count: number): Promise<Buffer> {
  const side = 1_200;
  const noise = {
    create: {
      width: side,
      height: side,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  } as const;
  const bytes = await sharp(noise).jpeg({ progressive: true }).toBuffer();
  const lastScan = bytes.lastIndexOf(Buffer.from([0xff, 0xda]));
  const scan = bytes.subarray(lastScan, -2);
  const fitting = Math.max(1, Math.min(count, Math.floor((4_500_000 - bytes.length) / scan.length)));
  return Buffer.concat([bytes.subarray(0, -2), ...Array.from({ length: fitting }, () => scan), bytes.subarray(-2)]);
}

/** The size in the head of a JPEG, written over. */
async function jpegOf(width: number, height: number): Promise<Buffer> {
  const bytes = await base().flatten().jpeg().toBuffer();
  const head = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(height, head + 5);
  bytes.writeUInt16BE(width, head + 7);
  return bytes;
}

const segments = async (marker: number, count: number): Promise<Buffer> => {
  const bytes = await base().flatten().jpeg().toBuffer();
  const one = Buffer.concat([Buffer.from([0xff, marker, 0xff, 0xff]), Buffer.alloc(65_533, 1)]);
  return Buffer.concat([bytes.subarray(0, 2), ...Array.from({ length: count }, () => one), bytes.subarray(2)]);
};

/** GIF: `count` frames of a large screen. */
function gif(count: number, side: number): Buffer {
  const head = Buffer.from('47494638396100000000800000000000ffffff', 'hex');
  head.writeUInt16LE(side, 6);
  head.writeUInt16LE(side, 8);
  const frame = Buffer.from('21f90400000000002c000000000100010000020244010 0'.replace(' ', ''), 'hex');
  return Buffer.concat([head, ...Array.from({ length: count }, () => frame), Buffer.from([0x3b])]);
}

async function webpOf(width: number, height: number): Promise<Buffer> {
  const bytes = await base().webp().toBuffer();
  const extended = bytes.indexOf('VP8X');
  if (extended !== -1) {
    bytes.writeUIntLE(width - 1, extended + 12, 3);
    bytes.writeUIntLE(height - 1, extended + 15, 3);
  }
  return bytes;
}

const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);
const cases = (made: readonly (readonly [string, () => Buffer | string | Promise<Buffer | string>])[]): Bomb[] =>
  made.flatMap(([name, make]) => sized('logo', name, [1], make));

const drawings: Bomb[] = [
  ...DRAWING_LAYERS.flatMap(({ name, sizes, inner }) =>
    sized('logo', `svg: ${name}`, sizes, (size) => svg(inner(size))),
  ),
  ...DRAWING_FILES.map(({ name, text }): Bomb => ({ entrance: 'logo', name, make: () => Buffer.from(text) })),
  ...['<!---->', '<?x?>', '<!-- -- -->', ' <!---->\n', '<!DOCTYPE svg>', '<?xml version="1.0"?>'].flatMap((piece) =>
    sized('logo', `svg: prologue ${piece.trim()}`, [26, 60, 5_000], (size) => `${piece.repeat(size)}x`),
  ),
  ...sized('logo', 'svg: gzip of nested <use>', [9, 14], (size) => gzipSync(svg(DRAWING_LAYERS[0]!.inner(size)))),
  ...sized('logo', 'svg: gzip of zeros, MB', [1, 100, 1_000], (size) => zeros(size)),
  ...sized('logo', 'svg: gzip in gzip', [2, 5], (size) => {
    let bytes = gzipSync(Buffer.alloc(10_000_000));
    for (let at = 1; at < size; at += 1) bytes = gzipSync(bytes);
    return bytes;
  }),
];

/** Gzip members of a megabyte each, one behind the other. */
function zeros(megabytes: number): Buffer {
  const member = gzipSync(Buffer.alloc(1_000_000, ' '));
  return Buffer.concat(Array.from({ length: megabytes }, () => member));
}

const rasters: Bomb[] = [
  ...sized('logo', 'png: side of a picture with few rows', [7_000, 12_000, 30_000, 60_000], (side) =>
    flood(side, side, 100),
  ),
  ...sized('logo', 'png: all rows of a large side', [3_000, 7_000], (side) => flood(side, side, side)),
  ...sized('logo', 'png: zTXt, MB', [50, 500], async (size) => withChunks(await png(), packedText('zTXt', size))),
  ...sized('logo', 'png: iCCP, MB', [50, 500], async (size) => withChunks(await png(), packedText('iCCP', size))),
  ...sized('logo', 'png: many chunks', [1_000, 60_000], async (size) =>
    withChunks(await png(), ...Array.from({ length: size }, () => chunk('tEXt', Buffer.from('a\0b')))),
  ),
  ...sized('logo', 'png: many IDAT', [1_000, 60_000], async (size) =>
    withChunks(await png(), ...Array.from({ length: size }, () => chunk('IDAT', Buffer.alloc(1)))),
  ),
  ...sized('logo', 'jpeg: scans', [20, 2_000], manyScans),
  ...sized('logo', 'jpeg: side in the head', [20_000, 65_500], (side) => jpegOf(side, side)),
  ...sized('logo', 'jpeg: APP1 segments', [10, 60], (size) => segments(0xe1, size)),
  ...sized('logo', 'jpeg: comment segments', [10, 60], (size) => segments(0xfe, size)),
  ...sized('logo', 'gif: frames', [2, 50_000], (size) => gif(size, 60_000)),
  ...sized('logo', 'webp: side in the head', [16_000, 16_383], (side) => webpOf(side, side)),
  ...cases([
    ['png: animated', async () => animated(await base().removeAlpha().png().toBuffer(), 300, 80)],
    ['png: half', async () => half(await png())],
    [
      'png: data that never ends',
      async () => withChunks(await png(), chunk('IDAT', deflateSync(Buffer.alloc(200_000_000)).subarray(0, -9))),
    ],
    ['jpeg: half', async () => half(await base().flatten().jpeg().toBuffer())],
    ['webp: half', async () => half(await base().webp().toBuffer())],
    ['gif: with an SVG behind it', () => Buffer.concat([gif(1, 9), Buffer.from(svg(''))])],
    ['svg: a PNG of 900,000,000 pixels within', () => embedded(flood(30_000, 30_000, 100))],
    ['svg: a PNG of 49,000,000 pixels within', () => embedded(flood(7_000, 7_000, 7_000))],
    ['svg: a PNG with a text of 300 MB within', async () => embedded(withChunks(await png(), packedText('zTXt', 300)))],
    ['svg: 200 pictures within', async () => svg(`<image href="${dataUrl('png', await png())}"/>`.repeat(150))],
    ['svg: a JPEG that is none within', () => embedded(Buffer.alloc(100_000, 1), 'jpeg')],
    ['zeros', () => Buffer.alloc(5_000_000)],
    ['nothing', () => Buffer.alloc(0)],
    ['more than 5 MB', () => Buffer.alloc(6_000_000, 60)],
  ]),
];

/** Logos of every format. */
export const PICTURE_BOMBS: readonly Bomb[] = [...drawings, ...rasters];
