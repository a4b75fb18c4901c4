export { readXliff, type XliffDocument, type XliffUnit } from './read-xliff.js';
export { writeXliff } from './write-xliff.js';
export {
  checkImport,
  IMPORT_OUTCOMES,
  type ImportedText,
  type ImportOutcome,
  type UnitProblem,
} from './import-check.js';
export { exportXliff, checkXliff, translationsOf, MOST_XLIFF_BYTES } from './translation-work.js';
