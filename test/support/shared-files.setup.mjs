import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * One folder for files that several suites of a run use: see once-in-a-run.ts and
 * prepared-product.ts.
 */
export default function setup() {
  process.env.THROUGHLINE_TEST_FILES ??= mkdtempSync(join(tmpdir(), 'throughline-test-files-'));
}
