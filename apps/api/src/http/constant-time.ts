import { setTimeout as sleep } from 'node:timers/promises';

/** An answer takes a whole number of these. Longer than the work takes, so that nearly all take one. */
const STEP_MS = 250;

/**
 * Does work whose length depends on who is known, and answers at a time that does not: what differs by less than a step is not seen.
 * @returns what `work` does. @throws as `work`, as inConstantTime.
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
