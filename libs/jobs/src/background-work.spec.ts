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
