import { DomainError } from '#kernel';
import type { CalendarDate } from '../availability.js';

/** What landing pages do after a retirement. */
type PagesAfterEnd = 'leads' | 'notice';

/** When a campaign is to be reviewed and when it ends. */
export interface Lifetime {
  readonly reviewOn: CalendarDate | null;
  /** The last day: it is retired after it. */
  readonly expiresOn: CalendarDate | null;
  readonly pagesAfterEnd: PagesAfterEnd;
}

/** Of a campaign for which nothing was set. */
export const NO_LIFETIME: Lifetime = { reviewOn: null, expiresOn: null, pagesAfterEnd: 'leads' };

/** Partners are told this many days before the end. */
export const NOTICE_DAYS = [30, 7, 1] as const;

/**
 * @param today UTC calendar.
 * @throws DomainError `lifetime.ends-in-the-past`.
 */
export function requireEnd({ expiresOn }: Lifetime, before: Lifetime, today: CalendarDate): void {
  if (expiresOn === null || expiresOn >= today || expiresOn === before.expiresOn) return;
  throw new DomainError(
    'lifetime.ends-in-the-past',
    'The last day is in the past. Choose today or a later day, or stop the campaign now.',
    { field: 'expiresOn' },
  );
}

/**
 * A review after the end reminds of nothing that can still be changed.
 * @throws DomainError `lifetime.review-after-end`.
 */
export function requireReviewInTime({ reviewOn, expiresOn }: Lifetime): void {
  if (reviewOn === null || expiresOn === null || reviewOn <= expiresOn) return;
  throw new DomainError(
    'lifetime.review-after-end',
    'The review day is after the last day. Choose the last day or an earlier day, or no review day.',
    { field: 'reviewOn' },
  );
}

/**
 * A campaign after its last day is retired within a minute, so nothing of it
 * is published or extended.
 * @param expiresOn its last day; null: none.
 * @param today UTC calendar.
 * @throws DomainError `campaign.expired`.
 */
export function requireNotExpired(expiresOn: CalendarDate | null, today: CalendarDate): void {
  if (expiresOn === null || expiresOn >= today) return;
  throw new DomainError(
    'campaign.expired',
    `The last day of this campaign was ${expiresOn}. Choose a later day, or none, under “Review and end” first.`,
    { field: 'expiresOn', expiresOn },
    { kind: 'conflict' },
  );
}

/**
 * Which notice is due: of those whose day has come, the last one. A partner that
 * launches a week before the end is told once.
 * @returns null: none yet.
 */
export function noticeDue(daysLeft: number): (typeof NOTICE_DAYS)[number] | null {
  return daysLeft < 0 ? null : (NOTICE_DAYS.findLast((days) => daysLeft <= days) ?? null);
}
