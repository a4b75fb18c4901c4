import { defineTask, TaskLimitError } from '#subprocess';
import type { Compiled, MasterInput } from './compile.js';

const LIMITS = { cpuMs: 3_000, memoryMb: 512 } as const;

/** MJML blocks its thread, and a source can make it do so for minutes. */
const COMPILE_TEMPLATE = defineTask<MasterInput, Compiled>({
  name: 'rendering.compile-template',
  worker: new URL('./compile.worker.js', import.meta.url),
  load: () => import('./compile.worker.js'),
  limits: LIMITS,
  processes: 2,
  // All masters of a package in all languages wait at once.
  maxWaiting: 5_000,
  cacheMb: 16,
});

/**
 * Compiles one template in one locale into a segment program, in a subprocess
 * with limits on time and memory. Returns all problems at once, with their
 * positions. Recent inputs are cached: an author who changes one of many files
 * waits at each check.
 */
export async function compileMaster(input: MasterInput): Promise<Compiled> {
  try {
    return await COMPILE_TEMPLATE.run(input);
  } catch (error) {
    if (!(error instanceof TaskLimitError)) throw error;
    const tooHeavy = {
      code: 'source-too-heavy',
      severity: 'error',
      file: input.file,
      line: 1,
      column: 1,
      message: `The template cannot be compiled within ${LIMITS.cpuMs / 1000} s and ${LIMITS.memoryMb} MB.`,
      remedy: 'Make it smaller or flatter.',
    } as const;
    return { ok: false, problems: [tooHeavy], usedKeys: [], usedLinks: [] };
  }
}

/**
 * The same for the canvas of the editor, with classes for blocks and in spite of
 * mistakes. Never publish it. It runs in this process: the caller is a task with
 * limits of its own, because a second subprocess would cost as much as MJML.
 */
export async function compileForCanvas(input: MasterInput): Promise<Compiled> {
  return (await import('./compile.js')).compileCanvas(input);
}

/** Loads the compiler into this process. */
export async function warmUpCompiler(): Promise<void> {
  await (await import('./compile.worker.js')).warmUp();
}
