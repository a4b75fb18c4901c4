import { LRUCache } from 'lru-cache';
import { luminance, ratio } from '../colour.js';
import { sharp } from '../sharp.js';
import type { LogoPlace } from './picture-plan.js';
import { hashOf, type Layer, type Pixels } from './pixels.js';

export interface SocialLogos {
  /** The partner's logo for light and for dark surfaces, PNG. */
  readonly light: Buffer;
  readonly dark: Buffer;
}

/** Below this contrast, ink is not visible on its background (WCAG 1.4.11). */
const MIN_RATIO = 3;
/** Accepted share of hardly visible ink. */
const FAINT_SHARE = 0.25;
/** White margin around a logo on a plate, as a share of the box's height. */
const PLATE_MARGIN = 0.12;

/**
 * The logo that is visible on the vendor's pixels, measured pixel by pixel.
 * First the variant that the author chose, then the other, then the
 * light-surface variant on a white plate.
 */
export async function logoLayers(place: LogoPlace, logos: SocialLogos, base: Pixels): Promise<Layer[]> {
  const other = place.surface === 'light' ? 'dark' : 'light';
  const asked = await fitted(logos[place.surface], place);
  if (faintShare(asked, base) <= FAINT_SHARE) return [asked];
  const second = logos[other].equals(logos[place.surface]) ? asked : await fitted(logos[other], place);
  if (second !== asked && faintShare(second, base) <= FAINT_SHARE) return [second];
  const margin = Math.round(place.height * PLATE_MARGIN);
  const inner = {
    ...place,
    x: place.x + margin,
    y: place.y + margin,
    width: Math.max(1, place.width - 2 * margin),
    height: Math.max(1, place.height - 2 * margin),
  };
  const logo = await fitted(logos.light, inner);
  return [plateFor(logo, margin), logo];
}

/** A partner's posts have boxes of the same few sizes, in each locale. */
const REMEMBERED = 48;
const remembered = new LRUCache<string, Pixels>({ max: REMEMBERED });

async function fitted(png: Buffer, { x, y, width, height, align = 'left' }: LogoPlace): Promise<Layer> {
  const key = `${hashOf(png)} ${width} ${height}`;
  const logo = remembered.get(key) ?? (await fit(png, width, height));
  remembered.set(key, logo);
  const rest = width - logo.width;
  const left = align === 'left' ? 0 : align === 'right' ? rest : Math.floor(rest / 2);
  return { ...logo, x: x + left, y: y + Math.floor((height - logo.height) / 2) };
}

async function fit(png: Buffer, width: number, height: number): Promise<Pixels> {
  const { data, info } = await sharp(png)
    .resize({ width, height, fit: 'inside' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

function plateFor(logo: Layer, margin: number): Layer {
  const [width, height] = [logo.width + 2 * margin, logo.height + 2 * margin];
  return { data: Buffer.alloc(width * height * 4, 255), width, height, x: logo.x - margin, y: logo.y - margin };
}

/** Share of a logo's ink with too little contrast to the pixels behind it. */
function faintShare({ data, width, x, y }: Layer, base: Pixels): number {
  let [ink, faint] = [0, 0];
  for (let at = 0; at * 4 < data.length; at++) {
    if ((data[at * 4 + 3] ?? 0) < 128) continue;
    const [column, row] = [x + (at % width), y + Math.floor(at / width)];
    if (column < 0 || row < 0 || column >= base.width || row >= base.height) continue;
    ink += 1;
    if (ratio(luminanceAt(data, at * 4), luminanceAt(base.data, (row * base.width + column) * 3)) < MIN_RATIO)
      faint += 1;
  }
  return ink === 0 ? 1 : faint / ink;
}

const luminanceAt = (data: Buffer, at: number): number =>
  (RED[data[at] ?? 0] ?? 0) + (GREEN[data[at + 1] ?? 0] ?? 0) + (BLUE[data[at + 2] ?? 0] ?? 0);

/**
 * Luminance of each channel value. A table, because it is read for every pixel.
 */
const added = (of: (value: number) => number): Float64Array =>
  Float64Array.from({ length: 256 }, (_, value) => of(value));
const RED = added((value) => luminance(value, 0, 0));
const GREEN = added((value) => luminance(0, value, 0));
const BLUE = added((value) => luminance(0, 0, value));
