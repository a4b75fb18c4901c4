import { setImmediate as pause } from 'node:timers/promises';
import { FairSemaphore } from './fair-semaphore.js';

/** Runs the continuations that are pending. */
const settle = (): Promise<void> => pause();

describe('a fair semaphore', () => {
  it('serves the first waiter of each stream before the second of any, in order of arrival', async () => {
    const line = new FairSemaphore(1);
    const went: string[] = [];
    await line.acquire('busy');
    for (const name of ['big 1', 'big 2', 'big 3', 'small 1', 'other 1', 'small 2'])
      void line.acquire(name.split(' ')[0] ?? '').then(() => went.push(name));
    for (let n = 0; n < 6; n += 1) {
      line.release();
      await settle();
    }
    expect(went).toEqual(['big 1', 'small 1', 'other 1', 'big 2', 'small 2', 'big 3']);
  });

  it('never exceeds its size, even if a caller arrives while a place is passed on', async () => {
    const line = new FairSemaphore(2);
    let held = 0;
    let most = 0;
    const work = async (stream: string): Promise<void> => {
      await line.acquire(stream);
      held += 1;
      most = Math.max(most, held);
      await settle();
      held -= 1;
      line.release();
    };
    // Acquires again in the moment in which its place was given to another
    // waiter.
    const twice = async (stream: string): Promise<void> => {
      await work(stream);
      await work(stream);
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => twice(`stream ${n % 3}`)));
    expect(most).toBe(2);
    expect(held).toBe(0);
  });

  it('has all its places free again when no waiter is left', async () => {
    const line = new FairSemaphore(2);
    await line.acquire('a');
    await line.acquire('a');
    const third = line.acquire('b');
    line.release();
    await third;
    line.release();
    line.release();
    await line.acquire('c');
    await line.acquire('c');
    let isOver = false;
    void line.acquire('c').then(() => (isOver = true));
    await settle();
    expect(isOver).toBe(false);
  });
});
