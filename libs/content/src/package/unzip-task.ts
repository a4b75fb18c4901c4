import { defineTask, TaskLimitError } from '#subprocess';
import { type PackageReading, packageProblem, WHOLE_PACKAGE } from './campaign-package.js';

/** The files of a zip by path, or its problems. */
export type UnzippedFiles =
  | { readonly ok: true; readonly files: readonly (readonly [path: string, bytes: Uint8Array])[] }
  | Extract<PackageReading, { readonly ok: false }>;

/** An accepted package has at most 60 MB, unpacked in a second. */
const LIMITS = { cpuMs: 4_000, memoryMb: 512 } as const;

const UNZIP_PACKAGE = defineTask<Buffer, UnzippedFiles>({
  name: 'content.unzip-package',
  worker: new URL('./unzip-task.worker.js', import.meta.url),
  load: () => import('./unzip-task.worker.js'),
  limits: LIMITS,
  processes: 1,
  maxWaiting: 50,
});

/**
 * Unzips a stored package in a subprocess, to show, edit or copy its files. This
 * process never opens the zip, although its compilation has accepted it.
 * @returns its files, or its problems, also if it exceeds the limits.
 */
export async function unzipPackage(zip: Buffer): Promise<PackageReading> {
  try {
    const unzipped = await UNZIP_PACKAGE.run(zip);
    if (!unzipped.ok) return unzipped;
    const files = new Map(unzipped.files.map(([path, bytes]) => [path, Buffer.from(bytes)]));
    return { ok: true, pkg: { files }, warnings: [] };
  } catch (error) {
    if (!(error instanceof TaskLimitError)) throw error;
    const tooHeavy = packageProblem(
      'package-too-heavy',
      WHOLE_PACKAGE,
      `The package cannot be unpacked within ${LIMITS.cpuMs / 1000} s and ${LIMITS.memoryMb} MB.`,
      'Make its files smaller, or split the campaign into several.',
    );
    return { ok: false, problems: [tooHeavy] };
  }
}
