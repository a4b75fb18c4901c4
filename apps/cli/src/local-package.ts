import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { compilePackage, type PackageCompilation, readPackage, writeZip } from '#content';
import { CommandFailure } from './command-failure.js';

/** A campaign package of this machine, as a zip. */
interface LocalPackage {
  /** Null if the package cannot be read. */
  readonly zip: Buffer | null;
  readonly compilation: PackageCompilation;
}

/**
 * Reads and compiles a campaign folder or zip locally, with the same checks as
 * an upload.
 * @throws CommandFailure if nothing exists at the path.
 */
export async function compileLocal(path: string): Promise<LocalPackage> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new CommandFailure(`${path} does not exist. Give a campaign folder, or a zip of one.`);
  const given = found.isDirectory() ? null : await readFile(path);
  const reading = await readPackage(given === null ? { folder: path } : { zip: given });
  if (!reading.ok) return { zip: null, compilation: { ...reading, artwork: null } };
  const hashOf = async (bytes: Buffer): Promise<string> => createHash('sha256').update(bytes).digest('hex');
  return { zip: given ?? (await writeZip(reading.pkg)), compilation: await compilePackage(reading.pkg, hashOf) };
}
