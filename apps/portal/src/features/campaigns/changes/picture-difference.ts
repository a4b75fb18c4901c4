import pixelmatch from 'pixelmatch';
import { drawPage, readPdf } from '../../../shared/pdf-pages';

/**
 * A page or picture before, after, and the differences.
 * Null where one side is missing.
 */
export interface PictureDifference {
  readonly before: string | null;
  readonly after: string | null;
  readonly difference: string | null;
  /** Share of differing pixels, 0 to 1. */
  readonly share: number;
}

/** Wide enough for small print. */
const PIXELS = 900;
/**
 * Distance of two colours, 0 to 1.
 * Below it they look equal.
 */
const THRESHOLD = 0.1;

/**
 * Compares two documents page by page.
 * @param before URL @param after URL
 */
export async function documentDifferences(before: string, after: string): Promise<PictureDifference[]> {
  const pagesOf = (url: string) => readPdf({ url }, (page) => drawPage(page, PIXELS));
  const [older, newer] = await Promise.all([pagesOf(before), pagesOf(after)]);
  return Array.from({ length: Math.max(older.length, newer.length) }, (_, at) => differenceOf(older[at], newer[at]));
}

/**
 * Compares two pictures.
 * @param before URL @param after URL
 */
export async function pictureDifference(before: string, after: string): Promise<PictureDifference> {
  const [older, newer] = await Promise.all([canvasOf(before), canvasOf(after)]);
  return differenceOf(older, newer);
}

async function canvasOf(src: string): Promise<HTMLCanvasElement> {
  const image = new Image();
  image.src = src;
  await image.decode();
  const canvas = blank(PIXELS, Math.round((PIXELS * image.naturalHeight) / image.naturalWidth));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function differenceOf(before: HTMLCanvasElement | undefined, after: HTMLCanvasElement | undefined): PictureDifference {
  const shown = { before: pictureOf(before), after: pictureOf(after) };
  if (before === undefined || after === undefined) return { ...shown, difference: null, share: 1 };
  // The added part of a longer page counts as different.
  const width = Math.max(before.width, after.width);
  const height = Math.max(before.height, after.height);
  const canvas = blank(width, height);
  const context = canvas.getContext('2d');
  const [older, newer] = [pixelsOf(before, width, height), pixelsOf(after, width, height)];
  if (context === null || older === null || newer === null) return { ...shown, difference: null, share: 0 };
  const marked = context.createImageData(width, height);
  const options = { threshold: THRESHOLD, alpha: 0.25, diffColor: [224, 49, 49] as [number, number, number] };
  const differing = pixelmatch(older.data, newer.data, marked.data, width, height, options);
  context.putImageData(marked, 0, 0);
  return { ...shown, difference: pictureOf(canvas), share: differing / (width * height) };
}

function pixelsOf(picture: HTMLCanvasElement, width: number, height: number): ImageData | null {
  const canvas = blank(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, width, height);
}

function blank(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

const pictureOf = (canvas: HTMLCanvasElement | undefined): string | null =>
  canvas === undefined ? null : canvas.toDataURL('image/jpeg', 0.9);
