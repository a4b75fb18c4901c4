import { sharp } from './sharp.js';

/** Pixels from a picture's upper left. */
interface PictureArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const THRESHOLD = 12;
const SAMPLE_SIDE = 64;

/**
 * A picture without its margin. The margin is what is transparent; in an opaque
 * picture, what has the colour of the upper left pixel. Without this
 * difference, a sign in the upper left corner would be taken for the margin.
 * @returns the PNG, and its part of the picture; null if nothing else is there.
 */
export async function trimmed(png: Buffer): Promise<{ readonly png: Buffer; readonly area: PictureArea } | null> {
  const alpha = await sharp(png)
    .ensureAlpha()
    .extractChannel(3)
    .resize({ width: SAMPLE_SIDE, height: SAMPLE_SIDE, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer();
  const margin = alpha.some((value) => value < 128) ? { background: { r: 0, g: 0, b: 0, alpha: 0 } } : {};
  try {
    const { data, info } = await sharp(png)
      .ensureAlpha()
      .trim({ threshold: THRESHOLD, ...margin })
      .png({ compressionLevel: 3 })
      .toBuffer({ resolveWithObject: true });
    const { width, height, trimOffsetLeft = 0, trimOffsetTop = 0 } = info;
    return { png: data, area: { x: -trimOffsetLeft, y: -trimOffsetTop, width, height } };
  } catch {
    return null;
  }
}
