/**
 * `FREQUENCY_CAP` messages of one vendor at most reach an address in any seven days, whichever partners send them, and
 * `PARTNER_FREQUENCY_CAP` of one partner, whichever vendors they are of; fewer where the vendor or the partner wants that.
 */
export const TOUCH_WINDOW_MS = 7 * 86_400_000;
const MINUTE_MS = 60_000;

/** As a touch is written down: in whole minutes, so that what comes each week at nine is not a second too early once it was a second late. */
export const touchedAt = (now: Date): Date => new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);

/** How many of some touches count at a moment: those of the seven days before it. One that lies ahead counts, too: clocks differ. */
export function touchesAt(touches: readonly Date[], now: Date): number {
  const from = touchedAt(now).getTime() - TOUCH_WINDOW_MS;
  return touches.filter((touch) => touch.getTime() > from).length;
}
