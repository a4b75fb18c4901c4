import { createHash } from 'node:crypto';
import { editPackage } from '../package/package-edit.js';
import { readPackage } from '../package/package-reader.js';
import { compilePackage } from './compile-package.js';
import type { CompiledPackage, PackageInput } from './package-task.js';

/** Unzips and compiles a package in this process, which can be killed. */
export async function run({ zip, changes, template }: PackageInput): Promise<CompiledPackage> {
  const reading = await readPackage({ zip: Buffer.from(zip) });
  if (!reading.ok) return { ok: false, problems: reading.problems, artwork: null, blobs: [] };
  const edited = Object.keys(changes).length === 0 ? reading : editPackage(reading.pkg, changes);
  if (!edited.ok) return { ok: false, problems: edited.problems, artwork: null, blobs: [] };
  const blobs = new Map<string, Buffer>();
  const keep = async (bytes: Buffer): Promise<string> => {
    const hash = createHash('sha256').update(bytes).digest('hex');
    blobs.set(hash, bytes);
    return hash;
  };
  const copied = template === null ? null : await readPackage({ zip: Buffer.from(template) });
  const result = await compilePackage(edited.pkg, keep, copied?.ok === true ? copied.pkg : null);
  return { ...result, blobs: [...blobs.values()] };
}
