import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A new folder for a product's data, with its database inside. Run by root, PostgreSQL has an
 * account without rights, and what that cannot reach lies elsewhere: a copy would be without it,
 * and removing the folder would leave it behind.
 * @returns its path; the caller removes it.
 */
export function newDataFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `throughline-${name}-`));
  chmodSync(folder, 0o711);
  return folder;
}

/**
 * Copies with owners and rights, as a database needs them.
 * @throws Error with what the copying said.
 */
function copyData(from, to) {
  const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${from} could not be copied: ${stderr}`);
}

/**
 * A new folder with a copy of what a first start seeds, in its folder `data`.
 * @returns both paths; the caller removes `folder`.
 * @throws Error where the set-up of the tests has seeded nothing.
 */
export function newSeededFolder(name) {
  const seeded = process.env.THROUGHLINE_TEST_SEEDED;
  if (seeded === undefined) throw new Error('Nothing is seeded: the set-up of browser tests and journeys does it.');
  const folder = newDataFolder(name);
  const data = join(folder, 'data');
  copyData(seeded, data);
  return { folder, data };
}
