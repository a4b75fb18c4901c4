import { readPackage } from './package-reader.js';
import type { UnzippedFiles } from './unzip-task.js';

/** Unzips a package in this process, which can be killed. */
export async function run(zip: Uint8Array): Promise<UnzippedFiles> {
  const reading = await readPackage({ zip: Buffer.from(zip) });
  return reading.ok ? { ok: true, files: [...reading.pkg.files] } : reading;
}
