import { fileTypeFromBuffer } from 'file-type';
import { refuse, type LogoRefusal } from '../logo-refusal.js';
import { MAX_SVG_BYTES, rasterise } from '../rasterise.js';
import { sharp } from '../sharp.js';
import { beginsLikeSvg } from '../svg/svg-prologue.js';
import { svgText } from '../svg/svg-text.js';
import { type DocumentFacts, documentFacts } from './library-document.js';

/** A file for a vendor's library: what it is, and a picture for lists. */
interface LibraryFile {
  readonly kind: 'picture' | 'document' | 'video';
  readonly mediaType: string;
  /** Of a picture, upright, in pixels. Null for other files. */
  readonly size: { readonly width: number; readonly height: number } | null;
  /** Whether a picture has transparency. */
  readonly hasAlpha: boolean;
  /** Null for pictures and videos. */
  readonly document: DocumentFacts | null;
  /** PNG or JPEG of at most 1000 pixels a side. Null for documents and videos. */
  readonly preview: Buffer | null;
}

export type LibraryReading = { readonly ok: true; readonly file: LibraryFile } | LogoRefusal;

const MAX_SIDE = 12_000;
const MAX_PIXELS = 50_000_000;
const PREVIEW_SIDE = 1_000;
const RASTER = new Set(['image/png', 'image/jpeg', 'image/webp']);
const VIDEO = new Set(['video/mp4', 'video/webm']);

/**
 * Reads a file by its content, not by its name. Call it in a subprocess only.
 */
export async function readLibraryFile(bytes: Buffer): Promise<LibraryReading> {
  const type = (await fileTypeFromBuffer(bytes))?.mime;
  if (type === 'image/apng') return animated;
  if (type !== undefined && RASTER.has(type)) return readRaster(bytes, type);
  if (type === 'application/pdf') return readPdf(bytes);
  if (type !== undefined && VIDEO.has(type))
    return {
      ok: true,
      file: { kind: 'video', mediaType: type, size: null, hasAlpha: false, document: null, preview: null },
    };
  return isSvg(bytes, type) ? readSvg(bytes) : unknown;
}

const unknown = refuse(
  'file-type',
  'The file is not a picture (JPEG, PNG, WebP, SVG), a PDF or a video (MP4, WebM).',
  'Export it as one of these, and upload it again.',
);
const broken = refuse('file-broken', 'The file cannot be read: it is damaged, or cut off.', 'Export it again.');
const animated = refuse('file-animated', 'The picture is animated.', 'Export one frame of it, or upload a video.');

function isSvg(bytes: Buffer, type: string | undefined): boolean {
  if (type === 'application/gzip') return true;
  const text = svgText(bytes, MAX_SVG_BYTES) ?? bytes.toString('utf8', 0, MAX_SVG_BYTES);
  return beginsLikeSvg(text);
}

async function readRaster(bytes: Buffer, mediaType: string): Promise<LibraryReading> {
  const head = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (head === null) return broken;
  if (head.width > MAX_SIDE || head.height > MAX_SIDE || head.width * head.height > MAX_PIXELS)
    return refuse(
      'file-too-many-pixels',
      `The picture has ${head.width} × ${head.height} pixels.`,
      `Save it with at most ${MAX_SIDE} pixels a side and 50 million in all; e-mails and pages need 2000.`,
      { width: head.width, height: head.height },
    );
  if ((head.pages ?? 1) > 1) return animated;
  try {
    const isTurned = (head.orientation ?? 1) >= 5;
    const size = isTurned ? { width: head.height, height: head.width } : { width: head.width, height: head.height };
    const { hasAlpha } = head;
    const preview = await previewOf(bytes, hasAlpha);
    return { ok: true, file: { kind: 'picture', mediaType, size, hasAlpha, document: null, preview } };
  } catch {
    return broken;
  }
}

async function readSvg(bytes: Buffer): Promise<LibraryReading> {
  const drawn = await rasterise(bytes);
  if (!('png' in drawn)) return drawn;
  const { width, height } = await sharp(drawn.png).metadata();
  const preview = await previewOf(drawn.png, true);
  const size = { width, height };
  return {
    ok: true,
    file: { kind: 'picture', mediaType: 'image/svg+xml', size, hasAlpha: true, document: null, preview },
  };
}

async function readPdf(bytes: Buffer): Promise<LibraryReading> {
  const document = await documentFacts(bytes);
  if ('ok' in document) return document;
  const mediaType = 'application/pdf';
  return { ok: true, file: { kind: 'document', mediaType, size: null, hasAlpha: false, document, preview: null } };
}

/** Decodes every row, so that a picture that is cut off is refused. */
async function previewOf(bytes: Buffer, hasAlpha: boolean): Promise<Buffer> {
  const small = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
    .rotate()
    .resize({ width: PREVIEW_SIDE, height: PREVIEW_SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb');
  return (hasAlpha ? small.png({ compressionLevel: 6 }) : small.jpeg({ quality: 80 })).toBuffer();
}
