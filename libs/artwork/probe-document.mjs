/**
 * Opens a PDF as preparing it does, in a process that can be killed: 20 KB of object stream can become gigabytes, and no limit of
 * the library's stops it. Standard input in; writes a word at the end, whether or not it is a PDF.
 */
import { decodePDFRawStream, PDFArray, PDFDocument, PDFName, PDFRawStream } from 'pdf-lib';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const bytes = Buffer.concat(chunks);
// Strict reading ends at the first flaw; what reads leniently after it must be as light.
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
    // What does not fit into memory is the weight that is looked for; any other flaw is told by whoever reads it with words.
    if (error instanceof RangeError) process.exit(1);
  }
}

async function load(throwOnInvalidObject) {
  const document = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject });
  return { context: document.context, pages: document.getPages() };
}
