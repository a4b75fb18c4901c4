import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import { compileInThread, type Compiled, type MasterInput } from './compile.js';

const TIMEOUT_MS = 20_000;
const MAX_HEAP_MB = 512;
const TOO_HEAVY = 'source-too-heavy';
const WORKER = new URL('./compile.worker.js', import.meta.url);

interface PendingCompile {
  readonly input: MasterInput;
  readonly resolve: (compiled: Compiled) => void;
}

/**
 * A campaign of ten templates in six languages. A master has some ten
 * kilobytes.
 */
const KEPT_MASTERS = 64;

/**
 * One warm worker thread with a queue. A compilation that takes too long is
 * ended with its thread.
 */
class Compiler {
  private worker: Worker | null = null;
  private readonly queue: PendingCompile[] = [];
  private busy = false;

  compile(input: MasterInput): Promise<Compiled> {
    return new Promise((resolve) => {
      this.queue.push({ input, resolve });
      this.next();
    });
  }

  private next(): void {
    const waiting = this.busy ? undefined : this.queue.shift();
    if (waiting === undefined) return;
    this.busy = true;
    const worker = (this.worker ??= new Worker(WORKER, { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } }));
    worker.ref();
    const finish = (compiled: Compiled): void => {
      clearTimeout(timer);
      worker.off('message', answered);
      worker.off('error', failed);
      // An idle compiler must not keep a process alive.
      worker.unref();
      this.busy = false;
      waiting.resolve(compiled);
      this.next();
    };
    const abandon = (reason: string): void => {
      this.worker = null;
      void worker.terminate();
      finish(tooHeavy(waiting.input, reason));
    };
    const answered = (answer: { compiled?: Compiled; error?: string }): void => {
      finish(answer.compiled ?? tooHeavy(waiting.input, answer.error ?? 'The compiler failed.'));
    };
    const failed = (error: Error): void => {
      abandon(error.message);
    };
    const timer = setTimeout(() => {
      abandon(`It took longer than ${TIMEOUT_MS / 1000} s.`);
    }, TIMEOUT_MS);
    worker.on('message', answered);
    worker.on('error', failed);
    worker.postMessage({ id: 0, input: waiting.input });
  }
}

const compiler = new Compiler();
const kept = new LRUCache<string, Compiled>({ max: KEPT_MASTERS });

/**
 * Compiles one template in one locale into a segment program, in a worker
 * thread with limits on time and memory. Returns all problems at once, with
 * their positions. Recent inputs are cached: an author who changes one of many
 * files waits at each check.
 */
export async function compileMaster(input: MasterInput): Promise<Compiled> {
  const key = createHash('sha256').update(JSON.stringify(input)).digest('hex');
  const compiled = kept.get(key) ?? (await compileNew(input));
  if (!isTooHeavy(compiled)) kept.set(key, compiled);
  return compiled;
}

/** Tests run from sources, without a compiled worker file. */
const compileNew = (input: MasterInput): Promise<Compiled> =>
  existsSync(fileURLToPath(WORKER)) ? compiler.compile(input) : compileInThread(input);

/** On a busy machine the next try may succeed, so it is not cached. */
const isTooHeavy = (compiled: Compiled): boolean =>
  !compiled.ok && compiled.problems.some(({ code }) => code === TOO_HEAVY);

function tooHeavy(input: MasterInput, reason: string): Compiled {
  const problem = {
    code: TOO_HEAVY,
    severity: 'error',
    file: input.file,
    line: 1,
    column: 1,
    message: `The template could not be compiled. ${reason}`,
    wayOut: 'Make it smaller or flatter.',
  } as const;
  return { ok: false, problems: [problem], usedKeys: [], usedLinks: [] };
}
