/**
 * Loaded into a process before everything else (`NODE_OPTIONS=--import`): its wall clock is as many milliseconds ahead as the file named by
 * MOVED_CLOCK says at the moment, as when somebody sets a machine's clock. The monotonic clock goes on as it does.
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
