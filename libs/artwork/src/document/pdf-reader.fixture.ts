/**
 * PDF.js, an independent reader of PDF files. Its build for Node replaces
 * JSON.stringify and JSON.parse of the whole process by functions in
 * JavaScript, which are 20 to 200 times slower: a suite that shares a process
 * with it took 26 s for one request of 50 MB. They are put back.
 */
const { parse, stringify } = JSON;
export const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
// It would be loaded by the first document, and replace them again.
await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
Object.assign(JSON, { parse, stringify });
