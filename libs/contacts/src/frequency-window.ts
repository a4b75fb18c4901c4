import { MAX_CAP_DAYS } from '#contracts';
import { DAY_MS, MINUTE_MS } from '#kernel';

/** At most `cap` messages to an address in any `days` times 24 hours. */
export interface FrequencyRule {
  readonly cap: number;
  readonly days: number;
}

/**
 * Window of `FREQUENCY_CAP` and `PARTNER_FREQUENCY_CAP`, in days.
 * An organisation may set another window for its own cap.
 */
export const INSTALLATION_DAYS = 7;

/**
 * When a vendor's change of its own cap takes effect. Longer than the
 * installation's window: a change says nothing about messages of before.
 */
export const VENDOR_CAP_NOTICE_MS = (INSTALLATION_DAYS + 1) * DAY_MS;

/**
 * The part of the cap over all partners that one partner may use: one message
 * less. With the whole cap, the last refused message would tell a partner of a
 * single message of another partner.
 */
export const shareOf = ({ cap, days }: FrequencyRule): FrequencyRule => ({ cap: Math.max(1, cap - 1), days });

/**
 * A use is deleted one day after the longest window: another process's clock
 * may lag.
 */
export const KEPT_MS = (MAX_CAP_DAYS + 1) * DAY_MS;

/**
 * The time stored for a use, in whole minutes. Otherwise a weekly nine o'clock
 * mail would come a second too early after one late second.
 */
export const frequencyUseAt = (now: Date): Date => new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);

/**
 * Whether these uses leave no room for another at `now`.
 * Uses in the future count, too: clocks differ.
 */
export function isAtCap(rules: readonly FrequencyRule[], sends: readonly Date[], now: Date): boolean {
  const at = frequencyUseAt(now).getTime();
  return rules.some(({ cap, days }) => sends.filter((send) => send.getTime() > at - days * DAY_MS).length >= cap);
}

/** A message that counts; `ofVendor`: of the campaigns of the vendor that is asked about. */
interface CountedSend {
  readonly at: Date;
  readonly ofVendor: boolean;
}

/**
 * Whether a partner's own messages leave no room for another at `now`. Messages
 * of other partners count only when it is sent: a forecast would tell of them.
 */
export function isAtOwnCap(
  { ofMembership, ofPartner }: { readonly [Rule in 'ofMembership' | 'ofPartner']: readonly FrequencyRule[] },
  sends: readonly CountedSend[],
  now: Date,
): boolean {
  const moments = (some: readonly CountedSend[]): Date[] => some.map(({ at }) => at);
  return (
    isAtCap(ofMembership, moments(sends.filter(({ ofVendor }) => ofVendor)), now) ||
    isAtCap(ofPartner, moments(sends), now)
  );
}

/** How far back any of some rules looks, in milliseconds. */
export const longestWindowMs = (rules: readonly FrequencyRule[]): number =>
  Math.max(0, ...rules.map(({ days }) => days)) * DAY_MS;
