import { setImmediate as pause } from 'node:timers/promises';
import { FairLine } from './fair-line.js';

/** Lets whoever was called go on. */
const settle = (): Promise<void> => pause();

describe('line', () => {
  it('lets the first of each stream go before the second of any, in the order in which streams came', async () => {
    const line = new FairLine(1);
    const went: string[] = [];
    await line.take('busy');
    for (const name of ['big 1', 'big 2', 'big 3', 'small 1', 'other 1', 'small 2'])
      void line.take(name.split(' ')[0] ?? '').then(() => went.push(name));
    for (let n = 0; n < 6; n += 1) {
      line.giveBack();
      await settle();
    }
    expect(went).toEqual(['big 1', 'small 1', 'other 1', 'big 2', 'small 2', 'big 3']);
  });

  it('never gives more places than there are, also to who comes while one goes from hand to hand', async () => {
    const line = new FairLine(2);
    let held = 0;
    let most = 0;
    const work = async (stream: string): Promise<void> => {
      await line.take(stream);
      held += 1;
      most = Math.max(most, held);
      await settle();
      held -= 1;
      line.giveBack();
    };
    // Comes again in the very moment in which its place was given to somebody else.
    const twice = async (stream: string): Promise<void> => {
      await work(stream);
      await work(stream);
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => twice(`stream ${n % 3}`)));
    expect(most).toBe(2);
    expect(held).toBe(0);
  });

  it('has all its places again once nobody waits', async () => {
    const line = new FairLine(2);
    await line.take('a');
    await line.take('a');
    const third = line.take('b');
    line.giveBack();
    await third;
    line.giveBack();
    line.giveBack();
    await line.take('c');
    await line.take('c');
    let isOver = false;
    void line.take('c').then(() => (isOver = true));
    await settle();
    expect(isOver).toBe(false);
  });
});
