import { decodePDFRawStream, PDFArray, PDFName, type PDFObject, type PDFPage, PDFRawStream } from 'pdf-lib';
import { messageOf } from '#kernel';
import type { Report } from './source-document-check.js';

/**
 * Names of filters as inline pictures abbreviate them (ISO 32000-2, 8.9.7).
 * Some programs also write them for streams, and readers accept it.
 */
const FULL_NAMES: Readonly<Record<string, string>> = {
  A85: 'ASCII85Decode',
  AHx: 'ASCIIHexDecode',
  Fl: 'FlateDecode',
  LZW: 'LZWDecode',
  RL: 'RunLengthDecode',
};

/** The streams of a page's content, in order. */
export function contentStreams(page: PDFPage): PDFObject[] {
  const contents = page.node.get(PDFName.of('Contents'));
  const looked = contents === undefined ? undefined : page.doc.context.lookup(contents);
  return looked instanceof PDFArray ? looked.asArray() : contents === undefined ? [] : [contents];
}

/** The operators of a page. @throws Error for an unknown filter. */
export const operatorsOf = (page: PDFPage): string =>
  contentStreams(page)
    .map((stream) => decoded(page.doc.context.lookup(stream)))
    .join('\n');

/**
 * Writes the filters of all page contents by their full names.
 * Reports a content that cannot be read.
 */
export function checkContents(pages: readonly PDFPage[], report: Report): void {
  for (const [at, page] of pages.entries()) {
    for (const item of contentStreams(page)) {
      const stream = page.doc.context.lookup(item);
      if (stream instanceof PDFRawStream) nameFilters(stream);
    }
    try {
      operatorsOf(page);
    } catch (error) {
      if (error instanceof RangeError) throw error;
      report(
        'pdf-broken',
        `The content of page ${at + 1} cannot be read: ${messageOf(error)}.`,
        'Export it again as PDF 1.7 without protection.',
      );
    }
  }
}

function nameFilters({ dict }: PDFRawStream): void {
  const key = PDFName.of('Filter');
  const written = dict.lookup(key);
  const full = (filter: PDFObject | undefined): PDFObject | undefined =>
    filter instanceof PDFName ? PDFName.of(FULL_NAMES[filter.decodeText()] ?? filter.decodeText()) : filter;
  if (written instanceof PDFName) dict.set(key, full(written) ?? written);
  if (written instanceof PDFArray)
    for (let at = 0; at < written.size(); at++) written.set(at, full(written.lookup(at)) ?? written.get(at));
}

function decoded(stream: PDFObject | undefined): string {
  return stream instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1') : '';
}
