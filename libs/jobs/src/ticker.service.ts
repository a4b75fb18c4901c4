import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import cron, { type ScheduledTask } from 'node-cron';

/** Between two looks of a loop that is woken. */
const REST_MS = 100;
/** A busy process comes seconds late, a machine that slept hours: what is due once a night is done then, not left out. */
const LATEST_MS = 86_400_000;

interface Loop {
  /** Of the pause; null while it works. */
  timer: NodeJS.Timeout | null;
  /** Somebody has woken it since it last began. */
  isWanted: boolean;
  beganMs: number;
  tick: () => void;
}

/**
 * Repeats work in this process: `loop` for what must be quick, `cron` for sweeps. Every tick must be safe in all
 * processes at once. A tick never overlaps itself; one that fails is logged and comes again.
 */
@Injectable()
export class Ticker implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Ticker.name);
  private readonly tasks: ScheduledTask[] = [];
  private readonly loops = new Map<string, Loop>();
  private readonly running = new Set<Promise<boolean | number>>();
  private stopped = false;

  /** @param expression five fields, see node-cron; in UTC, wherever the process runs. */
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
   * Runs `work`, waits `pauseMs`, and so on; when `work` returns true there is more, and it runs again at once. A number is how many
   * milliseconds to wait this time.
   */
  loop(name: string, pauseMs: number, work: () => Promise<boolean | number>): void {
    const loop: Loop = { timer: null, isWanted: false, beganMs: 0, tick: () => undefined };
    const tick = async (): Promise<void> => {
      loop.timer = null;
      loop.isWanted = false;
      loop.beganMs = performance.now();
      const more = await this.once(name, work);
      if (this.stopped) return;
      const waitMs = typeof more === 'number' ? more : more ? 0 : pauseMs;
      loop.timer = setTimeout(loop.tick, pauseOf(loop, waitMs));
    };
    loop.tick = () => void tick();
    this.loops.set(name, loop);
    loop.tick();
  }

  /**
   * Has a loop look now instead of at the end of its pause; one that is looking looks again. Who is woken all the time looks ten times a
   * second: what comes together is then done together, which a busy machine needs more than hurry.
   */
  wake(name: string): void {
    const loop = this.loops.get(name);
    if (loop === undefined || this.stopped) return;
    loop.isWanted = true;
    if (loop.timer === null) return;
    clearTimeout(loop.timer);
    loop.timer = setTimeout(loop.tick, restOf(loop));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  /** Begins nothing more, and waits for what is being done. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const { timer } of this.loops.values()) if (timer !== null) clearTimeout(timer);
    for (const task of this.tasks) await task.destroy();
    await Promise.all(this.running);
  }

  /** @returns what the work returned, or false when it failed or nothing may start any more. */
  private async once(name: string, work: () => Promise<unknown>): Promise<boolean | number> {
    if (this.stopped) return false;
    const run = work().then(
      (more) => (typeof more === 'number' ? more : more === true),
      (error: unknown) => {
        this.logger.error(`Tick ${name} failed; it comes again.`, error);
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
