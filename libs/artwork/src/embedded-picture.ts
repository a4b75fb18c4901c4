import { fileTypeFromBuffer } from 'file-type';
import { sharp } from './sharp.js';

/** Limit of one embedded picture: more pixels than any post shows. */
const MAX_PIXELS = 50_000_000;
const MAX_SIDE = 2_400;
/**
 * The drawing library reads at most 10 MB per attribute. Base64 makes four
 * bytes of three.
 */
const MAX_BYTES = 7_000_000;
const TYPES = new Set(['image/png', 'image/jpeg', 'image/webp']);

/**
 * Why a picture cannot be embedded. The reason completes a sentence that begins
 * with the picture's name.
 */
export interface PictureRefusal {
  readonly reason: string;
  readonly remedy: string;
}

/**
 * A picture of the package as a data URL for an SVG: upright, in sRGB, of a
 * type that the drawing library supports. That library silently omits pictures
 * that it cannot read. Therefore every picture is decoded here to its last row.
 * @returns the `data:` URL, or the reason for a refusal.
 */
export async function embeddedPicture(bytes: Buffer): Promise<string | PictureRefusal> {
  const type = (await fileTypeFromBuffer(bytes))?.mime;
  if (type === 'image/apng') return ANIMATED;
  if (type === undefined || !TYPES.has(type))
    return { reason: 'is no PNG, JPEG or WebP', remedy: 'Export it again as PNG or JPEG.' };
  try {
    return await readPicture(bytes, type);
  } catch {
    return { reason: 'cannot be read: it is damaged, or cut off', remedy: 'Export it again.' };
  }
}

const ANIMATED: PictureRefusal = {
  reason: 'is animated, and a post must not be',
  remedy: 'Export one frame of it as PNG.',
};

async function readPicture(bytes: Buffer, type: string): Promise<string | PictureRefusal> {
  const { width, height, pages = 1, hasAlpha } = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (pages > 1) return ANIMATED;
  if (width * height > MAX_PIXELS)
    return {
      reason: `has ${width} × ${height} pixels`,
      remedy: `Export it with at most ${MAX_SIDE} pixels a side.`,
    };
  const upright = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
    .rotate()
    .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb');
  const lossless = type === 'image/png' || hasAlpha;
  const data = await (
    lossless ? upright.png() : upright.jpeg({ quality: 95, chromaSubsampling: '4:4:4', mozjpeg: false })
  ).toBuffer();
  if (data.length > MAX_BYTES)
    return {
      reason: `has ${Math.round(data.length / 1_000_000)} MB without loss`,
      remedy: 'Export it as JPEG, or smaller.',
    };
  return `data:image/${lossless ? 'png' : 'jpeg'};base64,${data.toString('base64')}`;
}
