import type { SourceProblem } from '#kernel';
import { defineTask, TaskLimitError } from '#subprocess';
import { packageProblem } from './campaign-package.js';

/** A file that an author uploads. */
export interface UploadedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const LIMITS = { cpuMs: 2_000, memoryMb: 256 } as const;

const INSPECT_FILE = defineTask<UploadedFile, readonly SourceProblem[]>({
  name: 'content.inspect-file',
  worker: new URL('./inspect-task.worker.js', import.meta.url),
  load: () => import('./inspect-task.worker.js'),
  limits: LIMITS,
  processes: 1,
  maxWaiting: 50,
});

/**
 * Looks in a subprocess whether an uploaded file is what its name says. What is
 * in it is checked with the whole package.
 * @returns why it cannot be used; empty if it can.
 */
export async function inspectFile(file: UploadedFile): Promise<readonly SourceProblem[]> {
  try {
    return await INSPECT_FILE.run(file);
  } catch (error) {
    if (!(error instanceof TaskLimitError)) throw error;
    return [
      packageProblem(
        'file-too-heavy',
        file.path,
        'This file cannot be read within the limits of time and memory.',
        'Make it smaller or flatter, and upload it again.',
      ),
    ];
  }
}
