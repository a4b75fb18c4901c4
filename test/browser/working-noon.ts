import { DAY_MS } from '#kernel';
import type { Standalone } from '../journeys/standalone.js';

/** Moves time to the first noon of a working day, in which campaigns send, after so many milliseconds. */
export async function toWorkingNoon(standalone: Standalone, afterMs: number): Promise<void> {
  const from = (await standalone.now()).getTime() + afterMs;
  let noon = new Date(from).setUTCHours(12, 0, 0, 0);
  while (noon < from || new Date(noon).getUTCDay() % 6 === 0) noon += DAY_MS;
  await standalone.reach(new Date(noon));
}
