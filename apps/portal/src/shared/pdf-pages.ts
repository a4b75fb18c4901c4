import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { rectFromCorners, type PageGeometry } from './page-geometry';

GlobalWorkerOptions.workerSrc = workerUrl;

/**
 * URL or bytes of a document.
 * Bytes are copied, because the reader transfers its input.
 */
export type PdfSource = { readonly url: string } | { readonly bytes: ArrayBuffer };

/**
 * Opens a document while `read` reads its pages.
 * @throws the error of pdf.js for an invalid document.
 */
export async function readPdf<T>(source: PdfSource, read: (page: PDFPageProxy) => Promise<T>): Promise<T[]> {
  const given = 'url' in source ? { url: source.url } : { data: new Uint8Array(source.bytes.slice(0)) };
  // The portal's policy allows only its own fonts, so glyphs are drawn as
  // paths.
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

/** Size of a page as displayed, with its rotation and crop box. */
export function geometryOf(page: PDFPageProxy): PageGeometry {
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

/**
 * Renders a page.
 * @param pixels width of the picture.
 */
export async function drawPage(page: PDFPageProxy, pixels: number): Promise<HTMLCanvasElement> {
  const { width } = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: pixels / width });
  const canvas = document.createElement('canvas');
  canvas.width = viewport.width;
  canvas.height = viewport.height;
  await page.render({ canvas, viewport }).promise;
  return canvas;
}
