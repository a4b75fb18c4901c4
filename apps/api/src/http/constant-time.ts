import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Responses take a whole number of steps. A step is longer than the work
 * usually takes, so nearly all take one.
 */
const STEP_MS = 250;

/**
 * Runs work whose duration depends on whether a contact exists, and returns
 * after a whole number of steps. Differences shorter than a step cannot be
 * measured from outside.
 * @returns the result of `work`.
 * @throws what `work` throws, after the same wait.
 */
export async function inConstantTime<T>(work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  try {
    return await work();
  } finally {
    const tookMs = performance.now() - began;
    await sleep((Math.floor(tookMs / STEP_MS) + 1) * STEP_MS - tookMs);
  }
}
