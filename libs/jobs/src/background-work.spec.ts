import { setTimeout as pause } from 'node:timers/promises';
import { BackgroundWork } from './background-work.service.js';

const EVERY_MS = 5_000;
const untilNext = (): number => EVERY_MS - (Date.now() % EVERY_MS);
/** Blocks the event loop for this long. */
const busy = (ms: number): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

describe('background work', () => {
  it('runs late if the process was busy at the scheduled time', async () => {
    const backgroundWork = new BackgroundWork();
    let done = 0;
    // Not too near, so that the task is registered before its time.
    if (untilNext() < 500) await pause(600);
    backgroundWork.cron('test', '*/5 * * * * *', async () => {
      done++;
    });
    busy(untilNext() + 2_000);
    for (let looks = 0; looks < 50 && done === 0; looks++) await pause(50);
    await backgroundWork.beforeApplicationShutdown();
    expect(done).toBe(1);
  }, 30_000);
});

describe('a loop that is run now', () => {
  it('has no second run beside the first, repeats while there is more, and is refused for an unknown name', async () => {
    const backgroundWork = new BackgroundWork();
    let running = 0;
    let most = 0;
    const answers = [true, 0, true, false];
    backgroundWork.loop('test', 60_000, async () => {
      running += 1;
      most = Math.max(most, running);
      await pause(5);
      running -= 1;
      return answers.shift() ?? false;
    });
    await Promise.all([backgroundWork.runNow('test'), backgroundWork.runNow('test')]);
    expect([answers.length, most]).toEqual([0, 1]);
    await expect(backgroundWork.runNow('tset')).rejects.toThrow('No loop has the name “tset”.');
    await backgroundWork.stop();
  });
});
