import { type Call, type Run, TaskProcess } from './task-process.js';
import { type Settled, TaskBusyError } from './messages.js';

/** An idle process is ended after this time: it has 50 to 250 MB. */
const IDLE_MS = 5 * 60_000;

interface Idle {
  readonly process: TaskProcess;
  readonly timer: NodeJS.Timeout;
}

/** The processes of one task: warm ones, and those that wait for one. */
export class Pool {
  private readonly idle: Idle[] = [];
  private readonly waiting: (() => void)[] = [];
  private busy = 0;

  constructor(
    private readonly size: number,
    private readonly maxWaiting: number,
    private readonly start: () => Promise<TaskProcess>,
  ) {}

  /** @throws TaskLimitError, TaskBusyError, or Error if no process starts. */
  async run(input: unknown, run: Run, call: Call): Promise<Settled> {
    const process = await this.borrow();
    try {
      return await process.run(input, run, call);
    } finally {
      this.giveBack(process);
    }
  }

  /**
   * Waits for a process, which no other run gets until it is given back.
   * @throws TaskBusyError if too many wait; Error if no process starts.
   */
  async borrow(): Promise<TaskProcess> {
    if (this.busy < this.size) this.busy += 1;
    else if (this.waiting.length >= this.maxWaiting) throw new TaskBusyError();
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return this.warm() ?? (await this.start());
    } catch (error) {
      this.passOn();
      throw error;
    }
  }

  giveBack(process: TaskProcess): void {
    if (process.isUsable) this.keepWarm(process);
    else process.end();
    this.passOn();
  }

  private passOn(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.busy -= 1;
    else next();
  }

  /** The process that ran last: its caches are the warmest. */
  private warm(): TaskProcess | null {
    for (let next = this.idle.pop(); next !== undefined; next = this.idle.pop()) {
      clearTimeout(next.timer);
      if (next.process.isUsable) return next.process;
      next.process.end();
    }
    return null;
  }

  private keepWarm(process: TaskProcess): void {
    const timer = setTimeout(() => {
      this.idle.splice(
        this.idle.findIndex((one) => one.process === process),
        1,
      );
      process.end();
    }, IDLE_MS);
    timer.unref();
    this.idle.push({ process, timer });
  }
}
