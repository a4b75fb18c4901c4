import { z } from 'zod';
import { DAY_MS, HOUR_MS } from '#kernel';
import { afterWait } from './calendar.js';

/**
 * Clicks on one link within this time are one visit: a double click, or a
 * reload.
 */
const SAME_VISIT_MS = 60_000;

/**
 * Human clicks that make a lead, the links that count, and the time between
 * them.
 */
export interface ClickRule {
  readonly count: number;
  /** Null: every link of the campaign. */
  readonly links: readonly string[] | null;
  /** Null: however far apart. */
  readonly withinDays: number | null;
}

/**
 * How long a lead may stay untouched.
 * Business days are of the partner's calendar.
 */
export type ReminderDelay = { readonly hours: number } | { readonly businessDays: number };

/**
 * An accepted lead may stay untouched this many times longer: a week for each
 * day.
 */
export const TAKEN_UP_DELAY_FACTOR = 7;

/**
 * When clicks make a contact a lead, and when an untouched lead is reminded and
 * escalated.
 */
export interface LeadRule {
  /** Null: clicks alone make no lead. */
  readonly clicks: ClickRule | null;
  readonly remind: ReminderDelay;
  readonly escalate: ReminderDelay;
}

/** A partner's stricter part of the rule; null: the vendor's. */
export interface StricterLeadRule {
  readonly clicks: ClickRule | null;
  readonly remindAfterHours: number | null;
  readonly escalateAfterHours: number | null;
}

/** A click of a person. */
export interface CountedClick {
  readonly link: string;
  readonly at: Date;
}

const reminderDelay = z
  .strictObject({
    hours: z.number().int().min(1).max(720).optional(),
    businessDays: z.number().int().min(1).max(30).optional(),
  })
  .transform(({ hours, businessDays }, context): ReminderDelay => {
    if ((hours === undefined) === (businessDays === undefined))
      context.addIssue({ code: 'custom', message: 'Write either hours or businessDays.' });
    return businessDays === undefined ? { hours: hours ?? 1 } : { businessDays };
  });

const clicks = z
  .strictObject({
    count: z.number().int().min(1).max(50).default(1),
    links: z.array(z.string().min(1).max(60)).min(1).max(40).optional(),
    withinDays: z.number().int().min(1).max(365).optional(),
  })
  .transform(({ count, links, withinDays }): ClickRule => ({
    count,
    links: links === undefined ? null : [...new Set(links)],
    withinDays: withinDays ?? null,
  }));

/** `leads:` of `campaign.yaml`. */
export const leadRuleSchema = z
  .strictObject({
    clicks: clicks.optional(),
    remind: reminderDelay.default({ hours: 24 }),
    escalate: reminderDelay.default({ hours: 72 }),
  })
  .transform(({ clicks: byClicks, remind, escalate }, context): LeadRule => {
    if (!isInOrder(remind, escalate))
      context.addIssue({
        code: 'custom',
        path: ['escalate'],
        message: 'The escalation comes before the reminder. Choose a longer time for it.',
      });
    return { clicks: byClicks ?? null, remind, escalate };
  });

/** Default without `leads:`, for example in older versions. */
export const DEFAULT_LEAD_RULE: LeadRule = { clicks: null, remind: { hours: 24 }, escalate: { hours: 72 } };

export const NOT_STRICTER: StricterLeadRule = { clicks: null, remindAfterHours: null, escalateAfterHours: null };

/** @returns when the clicks have made a lead; null if they have not. */
export function qualifiedAt(given: readonly CountedClick[], rule: ClickRule): Date | null {
  const visits = visitsOf(given.filter(({ link }) => rule.links?.includes(link) ?? true));
  for (const [at, last] of visits.entries()) {
    const first = visits[at - rule.count + 1];
    if (first === undefined) continue;
    if (rule.withinDays === null || last.getTime() - first.getTime() <= rule.withinDays * DAY_MS) return last;
  }
  return null;
}

/**
 * In order of time; clicks on a link that follow each other at once are one.
 */
function visitsOf(given: readonly CountedClick[]): Date[] {
  const lastOn = new Map<string, number>();
  return [...given]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .flatMap(({ link, at }) => {
      const before = lastOn.get(link) ?? -Infinity;
      lastOn.set(link, at.getTime());
      return at.getTime() - before < SAME_VISIT_MS ? [] : [at];
    });
}

/** Whose calendar business days are of: the partner's. */
interface LeadCalendar {
  /** IANA. */
  readonly zone: string;
  readonly isHoliday: (date: string) => boolean;
}

/**
 * When an untouched lead is reminded and escalated. A partner's own limits can
 * only make both earlier.
 * @param since when it became a lead, or its last activity.
 * @param times multiple of the rule's time: `TAKEN_UP_DELAY_FACTOR` for an accepted
 *   lead.
 */
export function leadMoments(
  { remind, escalate }: LeadRule,
  { remindAfterHours, escalateAfterHours }: StricterLeadRule,
  since: Date,
  calendar: LeadCalendar,
  times = 1,
): { readonly reminder: Date; readonly escalation: Date } {
  return {
    reminder: notifyAt(remind, remindAfterHours, since, calendar, times),
    escalation: notifyAt(escalate, escalateAfterHours, since, calendar, times),
  };
}

function notifyAt(
  patience: ReminderDelay,
  ownHours: number | null,
  since: Date,
  { zone, isHoliday }: LeadCalendar,
  times: number,
): Date {
  const afterHours = (hours: number): Date => new Date(since.getTime() + hours * times * HOUR_MS);
  // Exact hours: only mail to contacts keeps its time of day across clock
  // changes.
  const published =
    'hours' in patience
      ? afterHours(patience.hours)
      : afterWait(since, { businessDays: patience.businessDays * times }, zone, isHoliday);
  const own = ownHours === null ? published : afterHours(ownHours);
  return own < published ? own : published;
}

/**
 * The click rule in force: the partner's if it has one, which is never looser.
 */
export const clicksInForce = (rule: LeadRule, stricter: StricterLeadRule): ClickRule | null =>
  rule.clicks === null ? null : (stricter.clicks ?? rule.clicks);

function isInOrder(remind: ReminderDelay, escalate: ReminderDelay): boolean {
  if ('hours' in remind && 'hours' in escalate) return remind.hours < escalate.hours;
  if ('businessDays' in remind && 'businessDays' in escalate) return remind.businessDays < escalate.businessDays;
  return true;
}
