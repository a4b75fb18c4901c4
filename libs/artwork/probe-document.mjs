/**
 * Opens a PDF like `prepareDocument`, in a process that can be killed.
 * 20 KB of object streams can expand to gigabytes, and no limit of the library
 * prevents that.
 * Reads standard input. Writes a word at the end, whether or not it is a PDF.
 */
import { decodePDFRawStream, PDFArray, PDFDocument, PDFName, PDFRawStream } from 'pdf-lib';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const bytes = Buffer.concat(chunks);
// Strict parsing ends at the first error. Lenient parsing follows it and must be as
// safe.
for (const throwOnInvalidObject of [true, false]) await open(throwOnInvalidObject);
process.stdout.write('light');

async function open(throwOnInvalidObject) {
  try {
    const { context, ...document } = await load(throwOnInvalidObject);
    for (const page of document.pages) {
      const contents = context.lookup(page.node.get(PDFName.of('Contents')));
      const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
      for (const stream of streams.map((one) => context.lookup(one)))
        if (stream instanceof PDFRawStream) decodePDFRawStream(stream).decode();
    }
  } catch (error) {
    // A RangeError means too much memory. Other errors are reported by
    // `prepareDocument`.
    if (error instanceof RangeError) process.exit(1);
  }
}

async function load(throwOnInvalidObject) {
  const document = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject });
  return { context: document.context, pages: document.getPages() };
}
