import { z } from 'zod';
import { afterWait } from './calendar.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Clicks on one link in such a hurry are one visit: a double click, or a page that was asked for again. */
const SAME_VISIT_MS = 60_000;

/** How many human clicks make a lead, on which links, and within how long of each other. */
export interface ClickRule {
  readonly count: number;
  /** Null: every link of the campaign. */
  readonly links: readonly string[] | null;
  /** Null: however far apart. */
  readonly withinDays: number | null;
}

/** How long nobody has to have taken a lead up; business days are of the partner's calendar. */
export type Patience = { readonly hours: number } | { readonly businessDays: number };

/** A lead that was taken up may lie so many times as long as a new one: a week for each day. */
export const TAKEN_UP_PATIENCE_FACTOR = 7;

/** When a contact becomes a lead by clicking, and when an untouched lead is remembered and escalated. */
export interface LeadRule {
  /** Null: nobody does by clicking alone. */
  readonly clicks: ClickRule | null;
  readonly remind: Patience;
  readonly escalate: Patience;
}

/** What a partner makes stricter of a campaign's rule; null: as the vendor has it. */
export interface LeadTightening {
  readonly clicks: ClickRule | null;
  readonly remindAfterHours: number | null;
  readonly escalateAfterHours: number | null;
}

/** A click of a person. */
export interface CountedClick {
  readonly link: string;
  readonly at: Date;
}

const patience = z
  .strictObject({
    hours: z.number().int().min(1).max(720).optional(),
    businessDays: z.number().int().min(1).max(30).optional(),
  })
  .transform(({ hours, businessDays }, context): Patience => {
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
    remind: patience.default({ hours: 24 }),
    escalate: patience.default({ hours: 72 }),
  })
  .transform(({ clicks: byClicks, remind, escalate }, context): LeadRule => {
    if (!isInOrder(remind, escalate))
      context.addIssue({ code: 'custom', path: ['escalate'], message: 'A lead is escalated after it was remembered.' });
    return { clicks: byClicks ?? null, remind, escalate };
  });

/** What holds where a campaign says nothing, as versions of before. */
export const DEFAULT_LEAD_RULE: LeadRule = { clicks: null, remind: { hours: 24 }, escalate: { hours: 72 } };

export const NO_TIGHTENING: LeadTightening = { clicks: null, remindAfterHours: null, escalateAfterHours: null };

/** @returns the moment at which clicks have made a lead; null while they have not. */
export function qualifiedAt(given: readonly CountedClick[], rule: ClickRule): Date | null {
  const visits = visitsOf(given.filter(({ link }) => rule.links?.includes(link) ?? true));
  for (const [at, last] of visits.entries()) {
    const first = visits[at - rule.count + 1];
    if (first === undefined) continue;
    if (rule.withinDays === null || last.getTime() - first.getTime() <= rule.withinDays * DAY_MS) return last;
  }
  return null;
}

/** In order of time; clicks on a link that follow each other at once are one. */
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
 * When somebody is reminded of a lead that lies still, and when it is escalated. A partner's own limits can only bring both forward.
 * @param since when it became a lead, or was last touched.
 * @param times how many times as long as the rule says: `TAKEN_UP_TIMES` for a lead that was taken up.
 */
export function leadMoments(
  { remind, escalate }: LeadRule,
  { remindAfterHours, escalateAfterHours }: LeadTightening,
  since: Date,
  calendar: LeadCalendar,
  times = 1,
): { readonly reminder: Date; readonly escalation: Date } {
  return {
    reminder: saidAt(remind, remindAfterHours, since, calendar, times),
    escalation: saidAt(escalate, escalateAfterHours, since, calendar, times),
  };
}

function saidAt(
  patience: Patience,
  ownHours: number | null,
  since: Date,
  { zone, isHoliday }: LeadCalendar,
  times: number,
): Date {
  const afterHours = (hours: number): Date => new Date(since.getTime() + hours * times * HOUR_MS);
  // Hours are hours here: keeping a time of day across clock changes is for people who are written to.
  const published =
    'hours' in patience
      ? afterHours(patience.hours)
      : afterWait(since, { businessDays: patience.businessDays * times }, zone, isHoliday);
  const own = ownHours === null ? published : afterHours(ownHours);
  return own < published ? own : published;
}

/** The click rule that counts: the partner's where it has one, which is never looser. */
export const clicksInForce = (rule: LeadRule, tightening: LeadTightening): ClickRule | null =>
  rule.clicks === null ? null : (tightening.clicks ?? rule.clicks);

function isInOrder(remind: Patience, escalate: Patience): boolean {
  if ('hours' in remind && 'hours' in escalate) return remind.hours < escalate.hours;
  if ('businessDays' in remind && 'businessDays' in escalate) return remind.businessDays < escalate.businessDays;
  return true;
}
