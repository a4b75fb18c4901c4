import fontkit from '@cantoo/fontkit';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument, type PDFPage, PDFString, rgb } from 'pdf-lib';
import qrcode from 'qrcode';
import sharp from 'sharp';
import type { DocumentValues } from '#artwork';
import { packageRoot } from '#kernel';
import { BROCHURE } from './artwork-stage.js';

const FONT = readFileSync(join(packageRoot(), 'libs/artwork/fonts/NotoSans-Regular.ttf'));

/**
 * The same copy of the brochure by pdf-lib's manual: load, embed, draw, save.
 */
export async function stampWithPdfLib(values: DocumentValues): Promise<Uint8Array> {
  const document = await PDFDocument.load(BROCHURE, { updateMetadata: false });
  document.registerFontkit(fontkit);
  const font = await document.embedFont(FONT, { subset: true });
  const logo = await document.embedPng(values.logos.light);
  const [first, second] = document.getPages();
  if (first === undefined || second === undefined) throw new Error('The brochure has two pages.');
  document.getForm().flatten({ updateFieldAppearances: false });
  first.drawImage(logo, { x: 388, y: 766, ...logo.scaleToFit(160, 46) });
  values.contact.forEach((line, at) => {
    second.drawText(line, { x: 56, y: 188 - at * 14, size: 10, font });
  });
  second.drawText(values.texts['offer'] ?? '', { x: 56, y: 250, size: 11, font, maxWidth: 340, lineHeight: 15 });
  drawCode(second, values.links['page'] ?? '');
  for (const rectangle of [
    [428, 136, 546, 254],
    [412, 104, 552, 130],
  ])
    addLink(document, second, rectangle, values.links['page'] ?? '');
  return document.save();
}

function drawCode(page: PDFPage, url: string): void {
  const { modules } = qrcode.create(url, { errorCorrectionLevel: 'M' });
  const module = 118 / (modules.size + 8);
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column) !== 0)
        page.drawRectangle({
          x: 428 + (column + 4) * module,
          y: 254 - (row + 5) * module,
          width: module,
          height: module,
          color: rgb(0, 0, 0),
        });
}

function addLink(document: PDFDocument, page: PDFPage, rectangle: readonly number[], url: string): void {
  const annotation = document.context.obj({
    Type: 'Annot',
    Subtype: 'Link',
    Rect: [...rectangle],
    Border: [0, 0, 0],
    A: { S: 'URI', URI: PDFString.of(url) },
  });
  page.node.addAnnot(document.context.register(annotation));
}

/**
 * The minimum cost of a social picture: one composite onto the same pixels, and
 * their JPEG.
 */
export async function bareComposite(picture: Buffer): Promise<() => Promise<Buffer>> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: 3 as const };
  const colour = { r: 11, g: 92, b: 173, alpha: 0.8 };
  const overlay = await sharp({ create: { width: 300, height: 120, channels: 4, background: colour } })
    .png()
    .toBuffer();
  return () =>
    sharp(data, { raw })
      .composite([{ input: overlay, left: 60, top: 60 }])
      .jpeg({ quality: 85, chromaSubsampling: '4:4:4' })
      .toBuffer();
}
