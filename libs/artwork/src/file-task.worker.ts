import { readDocument } from './document/read-document.js';
import { drawPixels } from './drawing.js';
import { embeddedPicture } from './embedded-picture.js';
import type { DrawnPost, FileInput, FileOutput } from './file-task.js';
import { readBrandedDocument } from './library/library-document.js';
import { readLibraryFile } from './library/library-file.js';
import { brandInProcess, cutInProcess } from './library/library-picture.js';
import { drawFitted, drawPlated, readLogo } from './logo.js';
import { sharp } from './sharp.js';
import { hashOf } from './social/pixels.js';

/** Red, green and blue. */
const CHANNELS = 3;

/** Opens a file in this process, which can be killed. */
export async function run(input: FileInput): Promise<FileOutput> {
  const { kind } = input;
  if (kind === 'logo') return { kind, read: await readLogo(input.bytes) };
  if (kind === 'document') return { kind, prepared: await readDocument(input.source) };
  if (kind === 'picture') return { kind, data: await embeddedPicture(input.bytes) };
  if (kind === 'fitted') return { kind, png: await drawFitted(input.png, input.box) };
  if (kind === 'plated') return { kind, plated: await drawPlated(input.png, input.plate) };
  if (kind === 'library-file') return { kind, read: await readLibraryFile(input.bytes) };
  if (kind === 'library-document') return { kind, prepared: await readBrandedDocument(input.source) };
  if (kind === 'cut') return { kind, cut: await cutInProcess(input.source) };
  if (kind === 'branded-picture') return { kind, png: await brandInProcess(input.picture, input.logo, input.corner) };
  return { kind, drawn: await drawPost(input.svg, input.width, input.height) };
}

async function drawPost(svg: string, width: number, height: number): Promise<DrawnPost | null> {
  const pixels = await drawPixels(Buffer.from(svg), width, height).catch(() => null);
  if (pixels?.length !== width * height * CHANNELS) return null;
  const png = await sharp(pixels, { raw: { width, height, channels: CHANNELS } })
    .png()
    .toBuffer();
  return { png, pixelsHash: hashOf(pixels) };
}

/** Loads the picture library. */
export async function warmUp(): Promise<void> {
  await drawPixels(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'), 1, 1);
}
