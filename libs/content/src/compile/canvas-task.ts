import { defineTask, TaskLimitError } from '#subprocess';
import type { PackageChanges } from '../package/package-edit.js';
import type { CanvasChoice } from './compile-package.js';
import type { CompiledCampaign } from './compiled-campaign.js';

/** A package with unsaved changes, and the e-mail to show. */
export interface CanvasInput {
  readonly zip: Buffer;
  /** Of the zip. */
  readonly hash: string;
  readonly changes: PackageChanges;
  readonly canvas: CanvasChoice;
}

/** A campaign with one e-mail, and the bytes of its pictures. */
export interface CompiledCanvas {
  readonly compiled: CompiledCampaign;
  readonly blobs: readonly Buffer[];
}

/**
 * In a process of its own: an author does not wait for the check of the whole
 * package, which follows each edit and compiles dozens of templates.
 */
const COMPILE_CANVAS = defineTask<CanvasInput, CompiledCanvas | null>({
  name: 'content.compile-canvas',
  worker: new URL('./canvas-task.worker.js', import.meta.url),
  load: () => import('./canvas-task.worker.js'),
  limits: { cpuMs: 3_000, memoryMb: 512 },
  // A run takes a tenth of a second.
  processes: 1,
  maxWaiting: 200,
});

/** @returns null if the e-mail cannot be shown, also within the limits. */
export async function compileCanvas(input: CanvasInput): Promise<CompiledCanvas | null> {
  try {
    return await COMPILE_CANVAS.run(input);
  } catch (error) {
    if (error instanceof TaskLimitError) return null;
    throw error;
  }
}
