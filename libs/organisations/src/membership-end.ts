import { DAY_MS, DomainError } from '#kernel';

/** What happens with the campaigns that a partner runs for a vendor. */
type CampaignEnd = 'stop-now' | 'stop-with-partnership' | 'run-until';

/** How one side wants a membership to end. Days are of the UTC calendar: `2026-11-21`. */
export interface EndWish {
  /** What the other side is told. */
  readonly reason: string;
  /** The last day of the partnership; null: it ends at once. */
  readonly lastDay: string | null;
  readonly campaigns: CampaignEnd;
  /** The last day of running campaigns, for `run-until`; else null. */
  readonly campaignsLastDay: string | null;
}

/** When a membership and its campaigns end. */
export interface PlannedEnd {
  readonly reason: string;
  readonly endsAt: Date;
  /** From when on nothing is sent or launched. */
  readonly campaignsEndAt: Date;
}

/**
 * The instants of an end.
 * @throws DomainError `membership.end-past` for a day that is over,
 *   `membership.campaigns-end` for a last day of campaigns that is missing or
 *   not asked for.
 */
export function plannedEnd({ reason, lastDay, campaigns, campaignsLastDay }: EndWish, now: Date): PlannedEnd {
  const endsAt = lastDay === null ? now : endOf(lastDay, 'lastDay', now);
  if ((campaigns === 'run-until') !== (campaignsLastDay !== null))
    throw new DomainError(
      'membership.campaigns-end',
      'Send the last day of running campaigns with "run-until", and only then.',
      { field: 'campaignsLastDay' },
    );
  if (campaignsLastDay !== null)
    return { reason, endsAt, campaignsEndAt: endOf(campaignsLastDay, 'campaignsLastDay', now) };
  return { reason, endsAt, campaignsEndAt: campaigns === 'stop-now' ? now : endsAt };
}

/** The end of a day. */
function endOf(day: string, field: string, now: Date): Date {
  const end = new Date(Date.parse(day) + DAY_MS);
  if (end > now) return end;
  throw new DomainError(
    'membership.end-past',
    field === 'lastDay'
      ? `${day} is over. Choose today or a later day, or leave it out to end at once.`
      : `${day} is over. Choose today or a later day, or let campaigns end with the partnership.`,
    { field, day },
  );
}

/** The last day of something that ends at an instant, by UTC. */
export const lastDayBefore = (end: Date): string => new Date(end.getTime() - 1).toISOString().slice(0, 10);
