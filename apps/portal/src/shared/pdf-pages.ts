import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { rectFromCorners, type PageGeometry } from './page-geometry';

GlobalWorkerOptions.workerSrc = workerUrl;

/** Where a document is, or what it consists of; bytes are copied, for the reader takes what it is given. */
export type PdfSource = { readonly url: string } | { readonly bytes: ArrayBuffer };

/**
 * Opens a document for as long as `read` reads it, page by page.
 * @throws whatever the reader says of a document that is none.
 */
export async function readPdf<T>(source: PdfSource, read: (page: PDFPageProxy) => Promise<T>): Promise<T[]> {
  const given = 'url' in source ? { url: source.url } : { data: new Uint8Array(source.bytes.slice(0)) };
  // The portal's policy lets no font in but its own, so glyphs are drawn.
  const loading = getDocument({ ...given, disableFontFace: true, useWasm: false });
  try {
    const pdf: PDFDocumentProxy = await loading.promise;
    const found: T[] = [];
    for (let number = 1; number <= pdf.numPages; number++) found.push(await read(await pdf.getPage(number)));
    return found;
  } finally {
    await loading.destroy();
  }
}

/** A page as it is shown: turned and cut as it says itself. */
export function sheetOf(page: PDFPageProxy): PageGeometry {
  const viewport = page.getViewport({ scale: 1 });
  return {
    page: page.pageNumber,
    width: viewport.width,
    height: viewport.height,
    toScreen: ({ x, y, width, height }) =>
      rectFromCorners(viewport.convertToViewportRectangle([x, y, x + width, y + height]) as number[]),
    toFile: ({ x, y, width, height }) =>
      rectFromCorners([
        ...(viewport.convertToPdfPoint(x, y) as number[]),
        ...(viewport.convertToPdfPoint(x + width, y + height) as number[]),
      ]),
  };
}

/** A page as a picture. @param pixels its width. */
export async function drawPage(page: PDFPageProxy, pixels: number): Promise<HTMLCanvasElement> {
  const { width } = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: pixels / width });
  const canvas = document.createElement('canvas');
  canvas.width = viewport.width;
  canvas.height = viewport.height;
  await page.render({ canvas, viewport }).promise;
  return canvas;
}
