import { DomainError, type PartnerGroupId, type VendorId } from '#kernel';

/** A calendar date without a time zone: `2026-11-21`. */
export type CalendarDate = string;

/** The partners that a version is offered to, and the period. */
export interface Availability {
  /**
   * Partners in any of these groups may run it.
   * Empty: all partners of the vendor.
   */
  readonly partnerGroupIds: readonly PartnerGroupId[];
  readonly opensOn: CalendarDate;
  /** The last day. */
  readonly closesOn: CalendarDate;
}

/** A partner's memberships today: groups by rule, and vendors by programme. */
export interface PartnerScope {
  readonly groups: ReadonlySet<PartnerGroupId>;
  readonly vendors: ReadonlySet<VendorId>;
}

/** The days of a window in UTC, the same for all partners. */
export function isWithin(window: { opensOn: CalendarDate | null; closesOn: CalendarDate | null }, now: Date): boolean {
  const today = calendarDate(now);
  return window.opensOn !== null && window.closesOn !== null && window.opensOn <= today && today <= window.closesOn;
}

/** The day that an instant is in, by UTC. */
export const calendarDate = (instant: Date): CalendarDate => instant.toISOString().slice(0, 10);

/** @throws DomainError `availability.window-unusable` if no day of it is left. */
export function requireWindow({ opensOn, closesOn }: Availability, now: Date): void {
  if (closesOn < opensOn)
    throw windowProblem('closesOn', 'The window closes before it opens: choose a later last day.');
  if (closesOn < calendarDate(now))
    throw windowProblem('closesOn', 'The window is over already: choose a later last day.');
}

const windowProblem = (field: string, sentence: string): DomainError =>
  new DomainError('availability.window-unusable', sentence, { field });
