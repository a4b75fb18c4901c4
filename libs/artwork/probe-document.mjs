/**
 * Opens a PDF like `prepareDocument`, in a process that can be killed.
 * 20 KB of object streams can expand to gigabytes, and no limit of the library
 * prevents that.
 * Reads standard input. Writes what it found as JSON (`DocumentProbe`).
 */
import { decodePDFRawStream, EncryptedPDFError, PDFArray, PDFDocument, PDFName, PDFRawStream } from 'pdf-lib';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const bytes = Buffer.concat(chunks);
process.stdout.write(JSON.stringify(await probe()));

async function probe() {
  try {
    await open();
    return { state: 'readable' };
  } catch (error) {
    refuseTooMuch(error);
    return (await isLocked()) ? { state: 'locked' } : { state: 'damaged', message: String(error?.message) };
  }
}

async function open() {
  const document = await load(true);
  const { context } = document;
  for (const page of document.getPages()) {
    const contents = context.lookup(page.node.get(PDFName.of('Contents')));
    const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
    for (const stream of streams.map((one) => context.lookup(one))) if (stream instanceof PDFRawStream) decode(stream);
  }
}

/** A stream that cannot be decoded is reported by `prepareDocument`. */
function decode(stream) {
  try {
    decodePDFRawStream(stream).decode();
  } catch (error) {
    refuseTooMuch(error);
  }
}

/**
 * Strict parsing fails on encrypted objects before it detects the encryption.
 * Lenient parsing detects it.
 */
async function isLocked() {
  try {
    await load(false);
    return false;
  } catch (error) {
    refuseTooMuch(error);
    return error instanceof EncryptedPDFError;
  }
}

/** A RangeError means too much memory. */
function refuseTooMuch(error) {
  if (error instanceof RangeError) process.exit(1);
}

function load(throwOnInvalidObject) {
  return PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject });
}
