import { fileTypeFromBuffer } from 'file-type';
import type { Hex } from './colour.js';
import { drawRaster } from './drawing.js';
import { logoFeedback } from './logo-feedback.js';
import { measureInk } from './logo-ink.js';
import { refuse, type LogoRefusal } from './logo-refusal.js';
import { inOneColour, variantFor } from './logo-variants.js';
import { type DrawnLogo, MAX_SVG_BYTES, rasterise } from './rasterise.js';
import { sharp } from './sharp.js';
import { beginsLikeSvg } from './svg/svg-prologue.js';
import { svgText } from './svg/svg-text.js';
import { trimmed } from './trimmed.js';

/** Advice about a usable logo for its owner. */
export interface LogoFeedback {
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
  /** The upload without its margin, for use as it is. */
  readonly original: Buffer;
  /** By the surface on which each is visible. `mono` is dark ink only. */
  readonly variants: { readonly light: Buffer; readonly dark: Buffer; readonly mono: Buffer };
  readonly problems: readonly LogoFeedback[];
}

const MAX_SIDE = 12_000;
const MAX_PIXELS = 50_000_000;
/** Red, green and blue of the variant of one colour. */
const DARK_INK = [17, 24, 39] as const;
/** A picture is looked at in this size to find out whether it is blank. */
const BLANK_SIDE = 400;
/** Difference of a channel that compression makes. */
const NOISE = 10;

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
  const drawn = mediaType === 'image/svg+xml' ? await rasterise(bytes) : await readRaster(bytes);
  return 'png' in drawn ? read(drawn, mediaType) : drawn;
}

const broken = refuse('logo-broken', 'The picture cannot be read: the file is damaged.', 'Export it again.');
const animated = refuse(
  'logo-animated',
  'The picture is animated. A logo must not be.',
  'Export one frame of it as PNG.',
);

/** A raster picture, upright, as PNG of at most 2000 pixels a side. */
async function readRaster(bytes: Buffer): Promise<DrawnLogo | LogoRefusal> {
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
  if (pages > 1) return animated;
  try {
    return { png: await drawRaster(bytes), problems: [] };
  } catch {
    return broken;
  }
}

async function sniff(bytes: Buffer): Promise<IngestedLogo['mediaType'] | 'image/apng' | null> {
  const found = await fileTypeFromBuffer(bytes);
  if (found?.mime === 'image/apng') return 'image/apng';
  if (found !== undefined && RASTER.has(found.mime)) return found.mime as RasterType;
  if (found?.mime === 'application/gzip') return 'image/svg+xml';
  // A file that is too large for an SVG is told so, if it begins like one.
  const text = svgText(bytes, MAX_SVG_BYTES) ?? bytes.toString('utf8', 0, MAX_SVG_BYTES);
  return beginsLikeSvg(text) ? 'image/svg+xml' : null;
}

async function read({ png, problems }: DrawnLogo, mediaType: IngestedLogo['mediaType']): Promise<LogoIngestion> {
  const normal = await sharp(png).ensureAlpha().png({ compressionLevel: 3 }).toBuffer();
  if (await isBlank(normal))
    return refuse(
      'logo-blank',
      'The picture is empty or has one colour only.',
      'Choose the file that contains the logo.',
    );
  const original = (await trimmed(normal))?.png ?? normal;
  const { data, info } = await sharp(original).raw().toBuffer({ resolveWithObject: true });
  const pixels = { data, width: info.width, height: info.height };
  const ink = measureInk(data, info.width, info.height);
  const made = {
    light: ink.opaque ? null : await variantFor('light', pixels),
    dark: ink.opaque ? null : await variantFor('dark', pixels),
  };
  return {
    ok: true,
    logo: {
      mediaType,
      width: info.width,
      height: info.height,
      palette: ink.palette,
      original,
      variants: {
        light: made.light ?? original,
        dark: made.dark ?? original,
        mono: await inOneColour(pixels, DARK_INK, ink.opaque),
      },
      problems: [...problems, ...logoFeedback(pixels, ink, made, mediaType)],
    },
  };
}

/** All pixels are transparent, or have one grey, white or black but for noise. */
async function isBlank(png: Buffer): Promise<boolean> {
  const small = await sharp(png)
    .resize({ width: BLANK_SIDE, height: BLANK_SIDE, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer();
  const [low, high] = [
    [255, 255, 255, 255],
    [0, 0, 0, 0],
  ];
  for (let at = 0; at < small.length; at += 1) {
    const channel = at % 4;
    // Colours of transparent pixels are not seen.
    if (channel < 3 && (small[at - channel + 3] ?? 0) === 0) continue;
    low[channel] = Math.min(low[channel] ?? 0, small[at] ?? 0);
    high[channel] = Math.max(high[channel] ?? 0, small[at] ?? 0);
  }
  const isTransparent = (high[3] ?? 0) < 8;
  const isUniform = low.every((value, channel) => (high[channel] ?? 0) - value <= NOISE);
  const isGrey = Math.max(...high.slice(0, 3)) - Math.min(...low.slice(0, 3)) <= NOISE;
  return isTransparent || (isUniform && isGrey);
}

/** A box in CSS pixels, and the position of a logo of another shape in it. */
export interface LogoBox {
  readonly width: number;
  readonly height: number;
  readonly align?: 'left' | 'center' | 'right';
}

/** A plate around a logo of at most this size, in CSS pixels. */
export interface LogoPlate {
  readonly width: number;
  readonly height: number;
  /** White on each side of the logo. */
  readonly border: number;
}

/** A logo on its white plate, without transparency. */
export interface PlatedLogo {
  readonly png: Buffer;
  /** Of the plate, in CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** Draws a logo on a plate in this process; see `plateLogo`. */
export async function drawPlated(png: Buffer, { width, height, border }: LogoPlate): Promise<PlatedLogo> {
  const logo = await sharp(png)
    .resize({ width: width * 2, height: height * 2, fit: 'inside' })
    .png()
    .toBuffer({ resolveWithObject: true });
  const side = border * 2;
  // An odd side would have half a CSS pixel.
  const [oddWidth, oddHeight] = [logo.info.width % 2, logo.info.height % 2];
  const background = '#ffffff';
  const plated = await sharp(logo.data)
    .flatten({ background })
    .extend({ top: side, left: side, right: side + oddWidth, bottom: side + oddHeight, background })
    .png({ compressionLevel: 9 })
    .toBuffer({ resolveWithObject: true });
  return { png: plated.data, width: plated.info.width / 2, height: plated.info.height / 2 };
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
