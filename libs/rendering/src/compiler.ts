import { defineTask, TaskLimitError } from '#subprocess';
import type { Compiled, MasterInput, TemplateInput } from './compile.js';

const LIMITS = { cpuMs: 3_000, memoryMb: 512 } as const;

/** MJML blocks its thread, and a source can make it do so for minutes. */
const COMPILE_TEMPLATE = defineTask<TemplateInput, Compiled>({
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
export const compileMaster = (input: MasterInput): Promise<Compiled> => compiled({ master: input, isForCanvas: false });

/**
 * The same for the canvas of the editor, with classes for blocks and in spite of
 * mistakes. Never publish it.
 */
export const compileForCanvas = (input: MasterInput): Promise<Compiled> =>
  compiled({ master: input, isForCanvas: true });

async function compiled(input: TemplateInput): Promise<Compiled> {
  try {
    return await COMPILE_TEMPLATE.run(input);
  } catch (error) {
    if (!(error instanceof TaskLimitError)) throw error;
    const tooHeavy = {
      code: 'source-too-heavy',
      severity: 'error',
      file: input.master.file,
      line: 1,
      column: 1,
      message: `The template cannot be compiled within ${LIMITS.cpuMs / 1000} s and ${LIMITS.memoryMb} MB.`,
      remedy: 'Make it smaller or flatter.',
    } as const;
    return { ok: false, problems: [tooHeavy], usedKeys: [], usedLinks: [] };
  }
}
