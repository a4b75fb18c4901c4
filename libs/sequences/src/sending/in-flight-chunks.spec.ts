import { jest } from '@jest/globals';
import { newId, type VendorId } from '#kernel';
import { InFlightChunks } from './in-flight-chunks.service.js';

describe('chunks in hand', () => {
  const [slow, quick] = [newId<VendorId>(), newId<VendorId>()];
  let chunks: InFlightChunks;
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    chunks = new InFlightChunks();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** Starts work of a vendor that ends on request. */
  const begin = (vendorId: VendorId) => {
    let end!: () => void;
    let fail!: (error: Error) => void;
    const work = new Promise<void>((resolve, reject) => {
      [end, fail] = [resolve, reject];
    });
    const state = { isBack: false };
    const back = chunks
      .track((name) => {
        name([vendorId]);
        return work;
      })
      .then(() => (state.isBack = true));
    return { end, fail, state, back };
  };

  it('are waited for by their job while they are quick', async () => {
    const chunk = begin(quick);
    await jest.advanceTimersByTimeAsync(4_000);
    expect(chunk.state.isBack).toBe(false);
    chunk.end();
    await chunk.back;
    expect(chunk.state.isBack).toBe(true);
  });

  it('let their job go when they are slow, and go on', async () => {
    const chunk = begin(slow);
    await jest.advanceTimersByTimeAsync(5_100);
    expect(chunk.state.isBack).toBe(true);
    let isEnded = false;
    const ended = chunks.beforeApplicationShutdown().then(() => (isEnded = true));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(isEnded).toBe(false);
    chunk.end();
    await ended;
    expect(isEnded).toBe(true);
  });

  it('say of a vendor that it is slow while two of it are, and of nobody else', async () => {
    const [first] = [begin(slow), begin(slow), begin(quick)];
    expect(chunks.isSaturated(slow)).toBe(false);
    await jest.advanceTimersByTimeAsync(5_100);
    expect([chunks.isSaturated(slow), chunks.isSaturated(quick)]).toEqual([true, false]);
    first.end();
    await jest.advanceTimersByTimeAsync(0);
    expect(chunks.isSaturated(slow)).toBe(false);
  });

  it('fail their job while it waits, and nobody afterwards', async () => {
    const early = begin(quick);
    early.fail(new Error('no'));
    await expect(early.back).rejects.toThrow('no');
    const late = begin(slow);
    await jest.advanceTimersByTimeAsync(5_100);
    late.fail(new Error('late'));
    await expect(late.back).resolves.toBe(true);
  });
});
