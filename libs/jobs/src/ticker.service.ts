import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import cron, { type ScheduledTask } from 'node-cron';

/**
 * Repeats work in this process: `loop` for what must be quick, `cron` for sweeps. Every tick must be safe in all
 * processes at once. A tick never overlaps itself; one that fails is logged and comes again.
 */
@Injectable()
export class Ticker implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Ticker.name);
  private readonly tasks: ScheduledTask[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<boolean | number>>();
  private stopped = false;

  /** @param expression five fields, see node-cron; in UTC, wherever the process runs. */
  cron(name: string, expression: string, work: () => Promise<unknown>): void {
    this.tasks.push(cron.schedule(expression, () => this.once(name, work), { name, noOverlap: true, timezone: 'UTC' }));
  }

  /**
   * Runs `work`, waits `pauseMs`, and so on; when `work` returns true there is more, and it runs again at once. A number is how many
   * milliseconds to wait this time.
   */
  loop(name: string, pauseMs: number, work: () => Promise<boolean | number>): void {
    const tick = async (): Promise<void> => {
      const more = await this.once(name, work);
      if (this.stopped) return;
      const timer = setTimeout(
        () => {
          this.timers.delete(timer);
          void tick();
        },
        typeof more === 'number' ? more : more ? 0 : pauseMs,
      );
      this.timers.add(timer);
    };
    void tick();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
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
