import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { compilePackage, type PackageCompilation, readPackage, writeZip } from '#content';
import { CommandFailure } from './command-failure.js';

/** A package on this machine, packed for the way. */
interface LocalPackage {
  /** Null where the package cannot even be read. */
  readonly zip: Buffer | null;
  readonly compilation: PackageCompilation;
}

/**
 * Reads and compiles a campaign folder or zip, on this machine alone: the same checks as an upload.
 * @throws CommandFailure when there is nothing at the path.
 */
export async function compileLocal(path: string): Promise<LocalPackage> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new CommandFailure(`There is nothing at ${path}. Name a campaign folder or a zip of one.`);
  const given = found.isDirectory() ? null : await readFile(path);
  const reading = await readPackage(given === null ? { folder: path } : { zip: given });
  if (!reading.ok) return { zip: null, compilation: reading };
  const keep = async (bytes: Buffer): Promise<string> => createHash('sha256').update(bytes).digest('hex');
  return { zip: given ?? (await writeZip(reading.pkg)), compilation: await compilePackage(reading.pkg, keep) };
}
