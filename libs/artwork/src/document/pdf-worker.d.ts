/** PDF.js has no types for its worker, which a suite imports for its effect. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs';
