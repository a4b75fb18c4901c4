import { createHash } from 'node:crypto';
import { warmUpCompiler } from '#rendering';
import { editPackage } from '../package/package-edit.js';
import { readPackage } from '../package/package-reader.js';
import type { CanvasInput, CompiledCanvas } from './canvas-task.js';
import { compileForCanvas } from './compile-package.js';

/** An author changes one package many times. */
let last: { readonly hash: string; readonly reading: Awaited<ReturnType<typeof readPackage>> } | null = null;

/** Compiles one e-mail of a package in this process, which can be killed. */
export async function run({ zip, hash, changes, canvas }: CanvasInput): Promise<CompiledCanvas | null> {
  const reading = last?.hash === hash ? last.reading : await readPackage({ zip: Buffer.from(zip) });
  last = { hash, reading };
  if (!reading.ok) return null;
  const edited = editPackage(reading.pkg, changes);
  if (!edited.ok) return null;
  const blobs = new Map<string, Buffer>();
  const compiled = await compileForCanvas(edited.pkg, canvas, async (bytes) => {
    const name = createHash('sha256').update(bytes).digest('hex');
    blobs.set(name, bytes);
    return name;
  });
  return compiled === null ? null : { compiled, blobs: [...blobs.values()] };
}

/** The first edit does not wait for MJML to load. */
export const warmUp = warmUpCompiler;
