import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import cron, { type ScheduledTask } from 'node-cron';

/** Shortest pause between two runs of a loop that is woken. */
const REST_MS = 100;
/**
 * How late a cron run may start. A busy process is seconds late, a machine that
 * slept hours: a nightly run is then made up for, not skipped.
 */
const LATEST_MS = 86_400_000;

interface Loop {
  /** Timer of the pause; null while the work runs. */
  timer: NodeJS.Timeout | null;
  /** `wake` was called since the last run began. */
  isWanted: boolean;
  beganMs: number;
  /** Null: it pauses. */
  running: Promise<boolean | number> | null;
  run: () => Promise<boolean | number>;
}

/**
 * Repeats work in this process: `loop` for work that must be quick, `cron` for
 * sweeps. Every run must be safe in all processes at once. Runs of one loop
 * never overlap. A run that fails is logged, and the next one follows.
 */
@Injectable()
export class BackgroundWork implements BeforeApplicationShutdown {
  private readonly logger = new Logger(BackgroundWork.name);
  private readonly tasks: ScheduledTask[] = [];
  private readonly loops = new Map<string, Loop>();
  private readonly running = new Set<Promise<boolean | number>>();
  private stopped = false;

  /**
   * @param expression five fields, see node-cron; in UTC, wherever the process
   *   runs.
   */
  cron(name: string, expression: string, work: () => Promise<unknown>): void {
    this.tasks.push(
      cron.schedule(expression, () => this.once(name, work), {
        name,
        noOverlap: true,
        timezone: 'UTC',
        missedExecutionTolerance: LATEST_MS,
      }),
    );
  }

  /**
   * Runs `work`, waits `pauseMs`, and repeats.
   * If `work` returns true there is more work, and it runs again at once.
   * If it returns a number, the next pause has that many milliseconds.
   */
  loop(name: string, pauseMs: number, work: () => Promise<boolean | number>): void {
    const run = async (): Promise<boolean | number> => {
      loop.timer = null;
      loop.isWanted = false;
      loop.beganMs = performance.now();
      loop.running = this.once(name, work);
      const more = await loop.running;
      loop.running = null;
      if (this.stopped) return false;
      const waitMs = typeof more === 'number' ? more : more ? 0 : pauseMs;
      loop.timer = setTimeout(() => void run(), pauseOf(loop, waitMs));
      return more;
    };
    const loop: Loop = { timer: null, isWanted: false, beganMs: 0, running: null, run };
    this.loops.set(name, loop);
    void run();
  }

  /**
   * Runs a loop now, and again while it reports more. For a clock that was moved: what is due by it is
   * done when this resolves, without the pause of `wake`.
   * @throws Error for a name that no loop has.
   */
  async runNow(name: string): Promise<void> {
    const loop = this.loops.get(name);
    if (loop === undefined) throw new Error(`No loop has the name “${name}”.`);
    for (let more: boolean | number = true; more === true || more === 0;) {
      while (loop.running !== null) await loop.running;
      if (this.stopped) return;
      if (loop.timer !== null) clearTimeout(loop.timer);
      more = await loop.run();
    }
  }

  /**
   * Runs a loop now instead of after its pause. A loop that is running runs
   * once more. A loop runs at most ten times a second. Work that arrives
   * together is done together, because a busy machine needs throughput more
   * than low latency.
   */
  wake(name: string): void {
    const loop = this.loops.get(name);
    if (loop === undefined || this.stopped) return;
    loop.isWanted = true;
    if (loop.timer === null) return;
    clearTimeout(loop.timer);
    loop.timer = setTimeout(() => void loop.run(), restOf(loop));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  /** Starts nothing more, and waits for running work. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const { timer } of this.loops.values()) if (timer !== null) clearTimeout(timer);
    for (const task of this.tasks) await task.destroy();
    await Promise.all(this.running);
  }

  /**
   * @returns what the work returned, or false when it failed or background work
   *   has stopped.
   */
  private async once(name: string, work: () => Promise<unknown>): Promise<boolean | number> {
    if (this.stopped) return false;
    const run = work().then(
      (more) => (typeof more === 'number' ? more : more === true),
      (error: unknown) => {
        this.logger.error(`${name} failed; it runs again.`, error);
        return false;
      },
    );
    this.running.add(run);
    const more = await run;
    this.running.delete(run);
    return more;
  }
}

const restOf = ({ beganMs }: Loop): number => Math.max(0, beganMs + REST_MS - performance.now());

const pauseOf = (loop: Loop, waitMs: number): number => (loop.isWanted ? Math.min(waitMs, restOf(loop)) : waitMs);
