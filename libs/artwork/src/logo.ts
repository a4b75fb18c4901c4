import { fileTypeFromBuffer } from 'file-type';
import { type Hex, hex, luminance, luminanceOf } from './colour.js';
import { drawRaster } from './drawing.js';
import { refuse, type LogoRefusal } from './logo-refusal.js';
import { rasterise } from './rasterise.js';
import { sharp } from './sharp.js';
import { beginsLikeSvg } from './svg-prologue.js';

/** Advice about a usable logo for its owner. */
interface LogoFeedback {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** Values in the message, for translated messages. */
  readonly named?: Readonly<Record<string, string | number>>;
}

/**
 * A logo read from an upload: its variants as PNG of at most 2000 pixels a
 * side, and advice for its owner.
 */
export interface IngestedLogo {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/svg+xml';
  readonly width: number;
  readonly height: number;
  /** Most frequent first, without white, black and greys. */
  readonly palette: readonly Hex[];
  /** By the surface on which each is visible. `mono` is dark ink only. */
  readonly variants: { readonly light: Buffer; readonly dark: Buffer; readonly mono: Buffer };
  readonly problems: readonly LogoFeedback[];
}

const MAX_SIDE = 12_000;
const MAX_PIXELS = 50_000_000;
/** Below this contrast, ink is not visible on its surface (WCAG 1.4.11). */
const MIN_RATIO = 3;
/** Share of hardly visible ink above which a variant is made. */
const FAINT_SHARE = 0.25;

type RasterType = Exclude<IngestedLogo['mediaType'], 'image/svg+xml'>;
const RASTER = new Set<string>(['image/png', 'image/jpeg', 'image/webp']);

export type LogoIngestion = { readonly ok: true; readonly logo: IngestedLogo } | LogoRefusal;

/**
 * Reads an uploaded logo by its content, not by its file name. Call it in a
 * subprocess only.
 */
export async function readLogo(bytes: Buffer): Promise<LogoIngestion> {
  const mediaType = await sniff(bytes);
  if (mediaType === null)
    return refuse('logo-type', 'The file is not a PNG, JPEG, WebP or SVG picture.', 'Export your logo as SVG or PNG.');
  if (mediaType === 'image/apng') return animated;
  const raster = mediaType === 'image/svg+xml' ? await rasterise(bytes) : await readRaster(bytes);
  return Buffer.isBuffer(raster) ? read(raster, mediaType) : raster;
}

const broken = refuse('logo-broken', 'The picture cannot be read: the file is damaged.', 'Export it again.');
const animated = refuse(
  'logo-animated',
  'The picture is animated. A logo must not be.',
  'Export one frame of it as PNG.',
);

/** A raster picture, upright, as PNG of at most 2000 pixels a side. */
async function readRaster(bytes: Buffer): Promise<Buffer | LogoRefusal> {
  const head = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (head === null) return broken;
  const { width, height, pages = 1 } = head;
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS)
    return refuse(
      'logo-too-many-pixels',
      `The picture is ${width} × ${height} pixels.`,
      `Save it with at most ${MAX_SIDE} pixels a side; 1000 are enough.`,
    );
  return pages > 1 ? animated : drawRaster(bytes).catch(() => broken);
}

async function sniff(bytes: Buffer): Promise<IngestedLogo['mediaType'] | 'image/apng' | null> {
  const found = await fileTypeFromBuffer(bytes);
  if (found?.mime === 'image/apng') return 'image/apng';
  if (found !== undefined && RASTER.has(found.mime)) return found.mime as RasterType;
  const isSvg = found?.mime === 'application/gzip' || beginsLikeSvg(bytes.subarray(0, 4096).toString('utf8'));
  return isSvg ? 'image/svg+xml' : null;
}

async function read(raster: Buffer, mediaType: IngestedLogo['mediaType']): Promise<LogoIngestion> {
  const normal = await sharp(raster).ensureAlpha().png().toBuffer();
  const trimmed = await sharp(normal)
    .trim({ threshold: 12 })
    .png()
    .toBuffer()
    .catch(() => normal);
  const { data, info } = await sharp(trimmed).raw().toBuffer({ resolveWithObject: true });
  const ink = measure(data, info.width, info.height);
  if (ink.pixels === 0)
    return refuse(
      'logo-blank',
      'The picture is empty or has one colour only.',
      'Choose the file that contains the logo.',
    );
  const mono = await recolour(data, info, { red: 17, green: 24, blue: 39 }, ink.opaque);
  const variants = {
    light: ink.faintOnLight <= FAINT_SHARE ? trimmed : mono,
    dark: ink.opaque
      ? trimmed
      : ink.faintOnDark <= FAINT_SHARE
        ? trimmed
        : await recolour(data, info, { red: 255, green: 255, blue: 255 }, false),
    mono,
  };
  return {
    ok: true,
    logo: {
      mediaType,
      width: info.width,
      height: info.height,
      palette: ink.palette,
      variants,
      problems: feedback(info, ink, mediaType),
    },
  };
}

interface Ink {
  readonly pixels: number;
  readonly opaque: boolean;
  readonly faintOnLight: number;
  readonly faintOnDark: number;
  readonly palette: readonly Hex[];
}

/**
 * Counts visible pixels, pixels with low contrast on white and on near-black,
 * and colours.
 */
function measure(data: Buffer, width: number, height: number): Ink {
  const counts = new Map<number, number>();
  // Luminance limits derived from the contrast formula, because the check runs
  // a million times per logo.
  const tooLight = 1.05 / MIN_RATIO - 0.05;
  const tooDark = (luminanceOf('#111827') + 0.05) * MIN_RATIO - 0.05;
  let [pixels, faintOnLight, faintOnDark, transparent] = [0, 0, 0, 0];
  for (let at = 0; at < width * height * 4; at += 4) {
    // Read byte by byte: a view of each pixel costs ten times as much as the
    // computation.
    if ((data[at + 3] ?? 0) < 128) {
      transparent += 1;
      continue;
    }
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    pixels += 1;
    const light = luminance(red, green, blue);
    if (light > tooLight) faintOnLight += 1;
    if (light < tooDark) faintOnDark += 1;
    const key = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const opaque = transparent < width * height * 0.01;
  return {
    pixels,
    opaque,
    faintOnLight: pixels === 0 || opaque ? 0 : faintOnLight / pixels,
    faintOnDark: pixels === 0 ? 0 : faintOnDark / pixels,
    palette: paletteOf(counts, pixels),
  };
}

function paletteOf(counts: ReadonlyMap<number, number>, pixels: number): Hex[] {
  const colours = [...counts]
    .filter(([, count]) => count > pixels * 0.01)
    .sort(([, a], [, b]) => b - a)
    .map(([key]) => [(key >> 8) & 15, (key >> 4) & 15, key & 15].map((part) => part * 17) as [number, number, number])
    .filter(([red, green, blue]) => Math.max(red, green, blue) - Math.min(red, green, blue) > 34);
  return [...new Set(colours.map((colour) => hex(...colour)))].slice(0, 5);
}

/**
 * Draws all visible ink in one colour. In an opaque picture, darkness counts as
 * ink.
 */
async function recolour(
  data: Buffer,
  info: { width: number; height: number },
  ink: { red: number; green: number; blue: number },
  opaque: boolean,
): Promise<Buffer> {
  const out = Buffer.alloc(info.width * info.height * 4);
  for (let at = 0; at < out.length; at += 4) {
    out[at] = ink.red;
    out[at + 1] = ink.green;
    out[at + 2] = ink.blue;
    out[at + 3] = opaque
      ? Math.round(255 * (1 - luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)))
      : (data[at + 3] ?? 0);
  }
  return sharp(out, { raw: { width: info.width, height: info.height, channels: 4 } })
    .png()
    .toBuffer();
}

function feedback(info: { width: number; height: number }, ink: Ink, mediaType: string): IngestedLogo['problems'] {
  const problems: LogoFeedback[] = [];
  if (Math.max(info.width, info.height) < 320)
    problems.push({
      code: 'logo-small',
      message: `The logo is ${info.width} × ${info.height} pixels. It will look blurred.`,
      remedy: 'Upload an SVG, or a PNG of at least 600 pixels.',
      named: { width: info.width, height: info.height },
    });
  if (ink.opaque)
    problems.push({
      code: 'logo-background',
      message:
        mediaType === 'image/jpeg'
          ? 'A JPEG has no transparency: the logo keeps its background.'
          : 'The logo has no transparent background.',
      remedy: 'Upload an SVG or a PNG with a transparent background.',
    });
  if (ink.faintOnLight > FAINT_SHARE)
    problems.push({
      code: 'logo-faint-on-light',
      message: 'The logo is hard to see on white; a dark one-colour variant is used there.',
      remedy: 'Upload your logo for light backgrounds if you have one.',
    });
  if (ink.faintOnDark > FAINT_SHARE && !ink.opaque)
    problems.push({
      code: 'logo-faint-on-dark',
      message: 'The logo is hard to see on dark; a white one-colour variant is used there.',
      remedy: 'Nothing needs to be done.',
    });
  return problems;
}

/** A box in CSS pixels, and the position of a logo of another shape in it. */
export interface LogoBox {
  readonly width: number;
  readonly height: number;
  readonly align?: 'left' | 'center' | 'right';
}

/** Draws a logo into a box in this process; see `fitLogo`. */
export async function drawFitted(png: Buffer, box: LogoBox): Promise<Buffer> {
  const position = { left: 'left', center: 'centre', right: 'right' }[box.align ?? 'left'];
  return sharp(png)
    .resize({
      width: box.width * 2,
      height: box.height * 2,
      fit: 'contain',
      position,
      background: { r: 0, g: 0, b: 0, alpha: 0 },
    })
    .png({ compressionLevel: 9 })
    .toBuffer();
}
