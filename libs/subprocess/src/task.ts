import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { receivedError, sentError, type Settled } from './messages.js';
import { Pool } from './pool.js';
import { type Run, type TaskLimits, TaskProcess } from './task-process.js';
import { TaskResults } from './task-results.js';

/** The module of a task, `….worker.ts`. */
export interface TaskModule<Input, Output> {
  readonly run: (input: Input) => Promise<Output>;
  /** Loads what the first run needs. Its time does not count. */
  readonly warmUp?: () => Promise<void>;
}

export interface TaskDefinition<Input, Output> {
  /** `<lib>.<verb-noun>`. */
  readonly name: `${string}.${string}`;
  /** The compiled module, beside the file that defines the task. */
  readonly worker: URL;
  readonly load: () => Promise<TaskModule<Input, Output>>;
  readonly limits: TaskLimits;
  /** Number of subprocesses. */
  readonly processes: number;
  /**
   * Runs that may wait for a subprocess, with their inputs in memory. Further
   * ones are refused with `TaskBusyError`.
   */
  readonly maxWaiting: number;
  /**
   * Size of the cache of results in memory, by the hash of their input. They
   * are also kept in files (`keepTaskResults`). A run that was ended is not
   * cached: on a busy machine the next one may succeed.
   */
  readonly cacheMb?: number;
  /**
   * Whether tests, which run from sources, use a subprocess as well. Loading
   * the compiler from sources takes ten seconds.
   */
  readonly isolatedInTests?: boolean;
}

/** Several runs of a task in one subprocess. Close it in any case. */
export interface Session<Input, Output> {
  readonly run: (input: Input) => Promise<Output>;
  readonly close: () => void;
}

const defined = new Map<string, Task<never, unknown>>();
type AskParent = (task: string, input: unknown) => Promise<unknown>;
let askParent: AskParent | null = null;

/** Called once in a subprocess: its tasks run in the pools of its parent. */
export function runTasksInParent(ask: AskParent): void {
  askParent = ask;
}

/** Work on untrusted bytes, in a subprocess that is killed at its limits. */
export class Task<Input, Output> {
  private readonly pool: Pool;
  private readonly isIsolated: boolean;
  private readonly results: TaskResults<Output> | null;

  constructor(private readonly definition: TaskDefinition<Input, Output>) {
    const { name, worker, limits, processes, maxWaiting, cacheMb, isolatedInTests = false } = definition;
    const isCompiled = existsSync(fileURLToPath(worker));
    const file = isCompiled ? worker : new URL(worker.href.replace(/\.js$/, '.ts'));
    this.isIsolated = isCompiled || isolatedInTests;
    this.pool = new Pool(processes, maxWaiting, () => TaskProcess.start(name, file, limits.memoryMb));
    this.results = cacheMb === undefined ? null : new TaskResults(name, cacheMb * 1_000_000);
  }

  /**
   * Runs the task. Input and output are copied (structured clone).
   * @throws TaskLimitError if it exceeds its limits or crashes; TaskBusyError if
   *   too many runs wait; DomainError as the task throws it.
   */
  async run(input: Input): Promise<Output> {
    const { name, limits, load } = this.definition;
    if (askParent !== null) return (await askParent(name, input)) as Output;
    return this.remember(input, async () =>
      this.isIsolated ? this.runIsolated(input, { limits, spentMs: 0 }) : (await load()).run(input),
    );
  }

  /**
   * Opens a session: several runs in one subprocess, which may keep a state
   * between them. Each run has the limits of the task.
   */
  async open(): Promise<Session<Input, Output>> {
    const { limits, load } = this.definition;
    if (!this.isIsolated) {
      const module = await load();
      return { run: (input) => module.run(input), close: () => undefined };
    }
    const process = await this.pool.borrow();
    return {
      run: async (input) => this.received(await process.run(input, { limits, spentMs: 0 }, callTask)),
      close: () => this.pool.giveBack(process),
    };
  }

  /** Runs it for another task, with what is left of that one's time. */
  runWithin(outer: Run, input: Input): Promise<Output> {
    const { limits } = this.definition;
    return this.remember(input, async () => {
      const cpuMs = Math.min(limits.cpuMs, Math.max(0, outer.limits.cpuMs - outer.spentMs));
      const run = { limits: { cpuMs, memoryMb: limits.memoryMb }, spentMs: 0 };
      try {
        return await this.runIsolated(input, run);
      } finally {
        outer.spentMs += run.spentMs;
      }
    });
  }

  private async runIsolated(input: Input, run: Run): Promise<Output> {
    return this.received(await this.pool.run(input, run, callTask));
  }

  private received(settled: Settled): Output {
    if (!settled.ok) throw receivedError(this.definition.name, settled.error);
    // The module of the task, with its types, wrote it.
    return settled.output as Output;
  }

  private remember(input: Input, run: () => Promise<Output>): Promise<Output> {
    return this.results === null ? run() : this.results.get(input, run);
  }
}

/** A subprocess may ask for tasks that this process has defined. */
async function callTask(name: string, input: unknown, outer: Run): Promise<Settled> {
  try {
    const task = defined.get(name);
    if (task === undefined) throw new Error(`The task ${name} is not defined.`);
    return { ok: true, output: await task.runWithin(outer, input as never) };
  } catch (error) {
    return { ok: false, error: sentError(error) };
  }
}

/**
 * Defines a task once.
 * @throws Error when the name is already defined.
 */
export function defineTask<Input, Output>(definition: TaskDefinition<Input, Output>): Task<Input, Output> {
  const { name } = definition;
  if (defined.has(name)) throw new Error(`The task ${name} is defined twice.`);
  const task = new Task(definition);
  defined.set(name, task as unknown as Task<never, unknown>);
  return task;
}
