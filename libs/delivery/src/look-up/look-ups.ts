import { MINUTE_MS } from '#kernel';
import type { LookUpProvider, ProviderLookUp } from './look-up.js';
import { mailgunLookUp } from './mailgun-look-up.js';
import { postmarkLookUp } from './postmark-look-up.js';
import { sendgridLookUp } from './sendgrid-look-up.js';

export const LOOK_UPS: Readonly<Record<LookUpProvider, ProviderLookUp>> = {
  mailgun: mailgunLookUp,
  postmark: postmarkLookUp,
  sendgrid: sendgridLookUp,
};

/** After a failure the provider is not asked for 1, 2, 4 … 60 minutes. */
const LONGEST_REST_MINUTES = 60;
/** Waits between look-ups of one message: events are indexed late. */
const AGAIN_MINUTES = [1, 2, 5, 15, 60];
const LATER_MINUTES = 360;
const HOURLY_UNTIL = 24;

/**
 * Milliseconds until the next look-up of one message.
 * @param asked number of look-ups so far.
 */
export function retryDelayMs(asked: number): number {
  const early = AGAIN_MINUTES[Math.min(asked, AGAIN_MINUTES.length) - 1] ?? LATER_MINUTES;
  return (asked > HOURLY_UNTIL ? LATER_MINUTES : early) * MINUTE_MS;
}

/**
 * Milliseconds until the provider is asked again.
 * @param failures in a row.
 * @param wishMs the provider's `Retry-After`, capped at one hour.
 */
export function errorPauseMs(failures: number, wishMs = 0): number {
  const own = Math.min(2 ** Math.max(0, failures - 1), LONGEST_REST_MINUTES) * MINUTE_MS;
  return Math.min(Math.max(own, wishMs), LONGEST_REST_MINUTES * MINUTE_MS);
}
