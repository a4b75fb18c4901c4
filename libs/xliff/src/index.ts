export { type ImportedText } from './import-check.js';
export { exportXliff, checkXliff, translationsOf, MOST_XLIFF_BYTES } from './translation-work.js';
