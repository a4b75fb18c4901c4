import { MOST_CAP_DAYS } from '#contracts';

/** At most `cap` messages to an address in any `days` times 24 hours. */
export interface FrequencyRule {
  readonly cap: number;
  readonly days: number;
}

/** In any so many days `FREQUENCY_CAP` and `PARTNER_FREQUENCY_CAP` hold; an organisation may name others for its own cap. */
export const INSTALLATION_DAYS = 7;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A touch is forgotten a day after the longest window: the clock of another process may be behind. */
export const KEPT_MS = (MOST_CAP_DAYS + 1) * DAY_MS;

/** As a touch is written down: in whole minutes, so that what comes each week at nine is not a second too early once it was a second late. */
export const frequencyUseAt = (now: Date): Date => new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);

/** Whether some touches leave room for no other at a moment. One that lies ahead counts, too: clocks differ. */
export function isAtCap(rules: readonly FrequencyRule[], touches: readonly Date[], now: Date): boolean {
  const at = frequencyUseAt(now).getTime();
  return rules.some(({ cap, days }) => touches.filter((touch) => touch.getTime() > at - days * DAY_MS).length >= cap);
}

/** How far back any of some rules looks, in milliseconds. */
export const longestWindowMs = (rules: readonly FrequencyRule[]): number =>
  Math.max(0, ...rules.map(({ days }) => days)) * DAY_MS;
