import { fileTypeFromBuffer } from 'file-type';
import { rasterise } from '../rasterise.js';
import { sharp } from '../sharp.js';
import { trimmed } from '../trimmed.js';
import { type Corner, cornerBox } from './library-branding.js';

/** A part of a picture, as shares of its upright width and height. */
export interface CropShares {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type PictureFormat = 'jpg' | 'png' | 'webp';

/** A cut of a picture. Null `crop`: the whole. */
export interface CutSource {
  readonly bytes: Buffer;
  readonly crop: CropShares | null;
  /** Wider cuts are made smaller; narrower ones are not enlarged. */
  readonly maxWidth: number;
  readonly format: PictureFormat;
}

export interface CutPicture {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

const MAX_PIXELS = 50_000_000;

/**
 * Cuts a picture in this process, which can be killed. The colour profile
 * becomes sRGB, and metadata such as places are removed.
 */
export async function cutInProcess({ bytes, crop, maxWidth, format }: CutSource): Promise<CutPicture> {
  const raster = await rasterOf(bytes);
  const { width, height, orientation = 1 } = await sharp(raster).metadata();
  // From the fifth on, orientations swap width and height (EXIF 2.32, tag 0x0112).
  const upright = orientation >= 5 ? { width: height, height: width } : { width, height };
  const whole = sharp(raster, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).autoOrient().toColourspace('srgb');
  const cut = crop === null ? whole : whole.extract(pixelsOf(crop, upright.width, upright.height));
  const sized = cut.resize({ width: maxWidth, withoutEnlargement: true });
  const written = await encoded(sized, format).toBuffer({ resolveWithObject: true });
  return { bytes: written.data, width: written.info.width, height: written.info.height };
}

/** The pixels of a part: at least one, and never outside. */
function pixelsOf(crop: CropShares, width: number, height: number) {
  const left = Math.min(width - 1, Math.max(0, Math.round(crop.x * width)));
  const top = Math.min(height - 1, Math.max(0, Math.round(crop.y * height)));
  return {
    left,
    top,
    width: Math.min(width - left, Math.max(1, Math.round(crop.width * width))),
    height: Math.min(height - top, Math.max(1, Math.round(crop.height * height))),
  };
}

type Picture = ReturnType<typeof sharp>;

const encoded = (picture: Picture, format: PictureFormat): Picture =>
  ({
    // JPEG has no transparency: white is what mail programs show behind it.
    jpg: () => picture.flatten({ background: '#ffffff' }).jpeg({ quality: 86, mozjpeg: true }),
    png: () => picture.png({ compressionLevel: 9 }),
    webp: () => picture.webp({ quality: 86 }),
  })[format]();

async function rasterOf(bytes: Buffer): Promise<Buffer> {
  if ((await fileTypeFromBuffer(bytes))?.mime.startsWith('image/') === true) return bytes;
  const drawn = await rasterise(bytes);
  if ('png' in drawn) return drawn.png;
  throw new Error(drawn.problem.message);
}

/** Puts a partner's logo on a white plate into a corner of a picture. */
export async function brandInProcess(picture: Buffer, logo: Buffer, corner: Corner): Promise<Buffer> {
  const base = await cutInProcess({ bytes: picture, crop: null, maxWidth: 2_400, format: 'png' });
  const side = Math.round(Math.min(base.width * 0.24, base.height * 0.4));
  const border = Math.max(4, Math.round(side * 0.08));
  const plate = await sharp((await trimmed(logo))?.png ?? logo)
    .resize({ width: side, height: Math.round(side * 0.45), fit: 'inside' })
    .flatten({ background: '#ffffff' })
    .extend({ top: border, left: border, bottom: border, right: border, background: '#ffffff' })
    .png()
    .toBuffer({ resolveWithObject: true });
  const box = cornerBox(base, corner, plate.info, Math.round(Math.min(base.width, base.height) * 0.04));
  const top = base.height - box.y - box.height;
  return sharp(base.bytes)
    .composite([{ input: plate.data, left: Math.max(0, Math.round(box.x)), top: Math.max(0, Math.round(top)) }])
    .png({ compressionLevel: 9 })
    .toBuffer();
}
