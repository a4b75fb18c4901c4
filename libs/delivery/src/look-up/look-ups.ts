import type { LookUpProvider, ProviderLookUp } from './look-up.js';
import { mailgunLookUp } from './mailgun-look-up.js';
import { postmarkLookUp } from './postmark-look-up.js';
import { sendgridLookUp } from './sendgrid-look-up.js';

export const LOOK_UPS: Readonly<Record<LookUpProvider, ProviderLookUp>> = {
  mailgun: mailgunLookUp,
  postmark: postmarkLookUp,
  sendgrid: sendgridLookUp,
};

const MINUTE_MS = 60_000;
/** A provider that cannot be asked is left alone for 1, 2, 4 … 60 minutes. */
const LONGEST_REST_MINUTES = 60;
/** Between questions for one message: what is indexed late is found all the same. */
const AGAIN_MINUTES = [1, 2, 5, 15, 60];
const LATER_MINUTES = 360;
const HOURLY_UNTIL = 24;

/** Milliseconds until one message is asked for again. @param asked how often it was, in vain. */
export function askAgainMs(asked: number): number {
  const early = AGAIN_MINUTES[Math.min(asked, AGAIN_MINUTES.length) - 1] ?? LATER_MINUTES;
  return (asked > HOURLY_UNTIL ? LATER_MINUTES : early) * MINUTE_MS;
}

/** Milliseconds until a provider is asked again after so many failures in a row. @param wishMs what it wished itself (`Retry-After`); an hour at most is granted. */
export function lookUpRestMs(failures: number, wishMs = 0): number {
  const own = Math.min(2 ** Math.max(0, failures - 1), LONGEST_REST_MINUTES) * MINUTE_MS;
  return Math.min(Math.max(own, wishMs), LONGEST_REST_MINUTES * MINUTE_MS);
}
