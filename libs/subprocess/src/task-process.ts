import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type FromSubprocess, type Limit, type Settled, TaskLimitError, type ToSubprocess } from './messages.js';
import { usageOf } from './process-usage.js';

/** Limits of one run of a task. */
export interface TaskLimits {
  /** Processor time. On a busy machine a valid input takes longer by the clock. */
  readonly cpuMs: number;
  /** Resident memory, with pixels and inflated streams. */
  readonly memoryMb: number;
}

/** One run, and what it has used. */
export interface Run {
  readonly limits: TaskLimits;
  /** Processor time of this run and of the tasks that it called. */
  spentMs: number;
}

/** Runs another task for a subprocess, at the expense of its run. */
export type Call = (task: string, input: unknown, run: Run) => Promise<Settled>;

const LOOK_MS = 50;
/**
 * A run is ended by the clock after this many times its processor time: it
 * waits without using any. With eight times, valid files were refused on a
 * machine with ten times its load.
 */
const WALL_FACTOR = 20;
const START_MS = 60_000;
/**
 * Limits of the shell hold when the parent has been killed. A process is
 * replaced before it reaches them.
 */
const LIFE_CPU_SECONDS = 120;
const REPLACED_AFTER = { cpuMs: 60_000, runs: 200, memoryShare: 0.6 };
/** Signals by which V8 and the kernel end a process at a limit. */
const LIMIT_SIGNALS: Readonly<Record<string, Limit>> = { SIGABRT: 'memory', SIGTRAP: 'memory', SIGXCPU: 'time' };
/** Tests run from sources. The loader reserves memory for its threads. */
const SOURCE_LOADER_KB = 2_000_000;
const SOURCE_LOADER = new URL('../../../test/support/typescript.mjs', import.meta.url).href;

/**
 * A warm subprocess that runs one task at a time. It has no access to the
 * settings of the product: its environment has only a path.
 */
export class TaskProcess {
  private runs = 0;
  private baseMb = 0;
  private ended = false;
  private onMessage: (message: FromSubprocess) => void = () => undefined;
  private onEnd: () => void = () => undefined;

  private constructor(
    private readonly task: string,
    private readonly memoryMb: number,
    private readonly child: ChildProcess,
  ) {
    child.on('message', (message: FromSubprocess) => this.onMessage(message));
    child.on('error', () => this.onEnd());
    child.on('exit', () => {
      this.ended = true;
      this.onEnd();
    });
  }

  /**
   * Starts a process and loads the task's module.
   * @throws Error if it does not start.
   */
  static start(task: string, worker: URL, memoryMb: number): Promise<TaskProcess> {
    const file = fileURLToPath(worker);
    const isSource = file.endsWith('.ts');
    const host = fileURLToPath(new URL(isSource ? './host.worker.ts' : './host.worker.js', import.meta.url));
    const loader = isSource ? ['--import', SOURCE_LOADER] : [];
    const dataKb = memoryMb * 1_500 + (isSource ? SOURCE_LOADER_KB : 0);
    const command = `ulimit -t ${LIFE_CPU_SECONDS}; ulimit -d ${dataKb}; exec "$0" --max-old-space-size=${memoryMb} "$@"`;
    const child = spawn('sh', ['-c', command, process.execPath, ...loader, host, file], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
      env: { PATH: '/usr/bin:/bin' },
    });
    const started = new TaskProcess(task, memoryMb, child);
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        clearTimeout(timer);
        started.end();
        reject(new Error(`The subprocess of the task ${task} did not start.`));
      };
      const timer = setTimeout(fail, START_MS);
      started.onEnd = fail;
      started.onMessage = () => {
        clearTimeout(timer);
        started.onEnd = () => undefined;
        started.baseMb = usageOf(child.pid ?? 0)?.memoryMb ?? 0;
        resolve(started);
      };
    });
  }

  /** Whether it can run another task: it has not ended, and is not worn out. */
  get isUsable(): boolean {
    if (this.ended || this.runs >= REPLACED_AFTER.runs) return false;
    const { cpuMs, memoryMb } = usageOf(this.child.pid ?? 0) ?? { cpuMs: 0, memoryMb: 0 };
    return cpuMs < REPLACED_AFTER.cpuMs && memoryMb < this.memoryMb * REPLACED_AFTER.memoryShare;
  }

  /**
   * Runs the task once.
   * @throws TaskLimitError if it exceeds its limits or crashes; the process has
   *   ended then.
   */
  run(input: unknown, run: Run, call: Call): Promise<Settled> {
    this.runs += 1;
    this.ref(true);
    const pid = this.child.pid ?? 0;
    const startMs = usageOf(pid)?.cpuMs ?? 0;
    const beganAt = performance.now();
    const memoryMb = Math.max(run.limits.memoryMb, this.baseMb * 1.5);
    let ownMs = 0;
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const usage = usageOf(pid);
        const before = ownMs;
        ownMs = usage === null ? ownMs : usage.cpuMs - startMs;
        run.spentMs += ownMs - before;
        const elapsedMs = performance.now() - beganAt;
        if (usage !== null && usage.memoryMb > memoryMb) stop('memory');
        else if (run.spentMs > run.limits.cpuMs || elapsedMs > run.limits.cpuMs * WALL_FACTOR) stop('time');
      };
      const timer = setInterval(look, LOOK_MS);
      const finish = (): void => {
        clearInterval(timer);
        this.onEnd = () => undefined;
        this.onMessage = () => undefined;
        this.ref(false);
      };
      const stop = (limit: Limit): void => {
        finish();
        this.end();
        reject(new TaskLimitError(this.task, limit));
      };
      this.onEnd = () => stop(LIMIT_SIGNALS[this.child.signalCode ?? ''] ?? 'crash');
      this.onMessage = (message) => {
        if (message.kind === 'done') {
          look();
          finish();
          resolve(message.settled);
        } else if (message.kind === 'call') this.answer(message, run, call);
      };
      this.send({ kind: 'run', input });
    });
  }

  /** Kills it. */
  end(): void {
    this.ended = true;
    this.child.kill('SIGKILL');
  }

  private answer({ call: id, task, input }: FromSubprocess & { kind: 'call' }, run: Run, call: Call): void {
    void call(task, input, run).then((settled) => this.send({ kind: 'answer', call: id, settled }));
  }

  private send(message: ToSubprocess): void {
    // A process that has just ended is noticed by its exit.
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  /** An idle subprocess does not keep its parent alive. */
  private ref(isBusy: boolean): void {
    if (isBusy) {
      this.child.ref();
      this.child.channel?.ref();
    } else {
      this.child.unref();
      this.child.channel?.unref();
    }
  }
}
