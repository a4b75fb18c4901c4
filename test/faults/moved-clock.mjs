/**
 * Loaded into a process first (`NODE_OPTIONS=--import`).
 * Its wall clock is ahead by the milliseconds in the file named by MOVED_CLOCK.
 * The monotonic clock is not changed, as if an operator set the machine's clock.
 */
import { readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';

const LOOK_EVERY_MS = 20;
const RealDate = Date;
let aheadMs = 0;

const look = () => {
  try {
    aheadMs = Number(readFileSync(process.env.MOVED_CLOCK, 'utf8'));
  } catch {
    // Not written yet.
  }
};
look();
setInterval(look, LOOK_EVERY_MS).unref();

const now = () => RealDate.now() + aheadMs;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: (target) => new target(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
