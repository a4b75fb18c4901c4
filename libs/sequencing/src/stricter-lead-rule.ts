import type { ClickRule, LeadRule, StricterLeadRule, ReminderDelay } from './lead-rule.js';

/**
 * Where a stricter rule would loosen the published one, or makes no sense, and
 * how to correct it.
 */
interface StricterRuleProblem {
  readonly code: 'clicks-none' | 'clicks-fewer' | 'link-unknown' | 'window-longer' | 'patience-longer' | 'order';
  /** Within the stricter rule. */
  readonly path: string;
  readonly message: string;
  /** What the sentence names, for a sentence in another language. */
  readonly named: Readonly<Record<string, string | number>>;
}

/**
 * Every part in which the stricter rule is looser than the vendor's, or waits
 * longer.
 * @param links of the campaign.
 */
export function stricterRuleProblems(
  rule: LeadRule,
  stricter: StricterLeadRule,
  links: readonly string[],
): StricterRuleProblem[] {
  const { remindAfterHours: remind, escalateAfterHours: escalate } = stricter;
  return [
    ...(stricter.clicks === null ? [] : clickProblems(rule.clicks, stricter.clicks, links)),
    ...hoursProblem('remindAfterHours', rule.remind, remind),
    ...hoursProblem('escalateAfterHours', rule.escalate, escalate),
    ...(remind !== null && escalate !== null && escalate <= remind
      ? [
          {
            code: 'order' as const,
            path: 'escalateAfterHours',
            message: 'Escalate later than you remind, or leave one of the two out.',
            named: {},
          },
        ]
      : []),
  ];
}

const NO_CLICK_RULE: StricterRuleProblem = {
  code: 'clicks-none',
  path: 'clicks',
  named: {},
  message: 'This campaign makes no leads of clicks: leave it out.',
};

function clickProblems(published: ClickRule | null, own: ClickRule, links: readonly string[]): StricterRuleProblem[] {
  const say = (
    code: StricterRuleProblem['code'],
    path: string,
    message: string,
    named: StricterRuleProblem['named'],
  ): StricterRuleProblem[] => [{ code, path: `clicks.${path}`, message, named }];
  if (published === null) return [NO_CLICK_RULE];
  const { count, withinDays } = published;
  const countable = published.links ?? links;
  const choice = countable.join(', ');
  return [
    ...(own.count < count
      ? say('clicks-fewer', 'count', `The vendor asks for ${count} clicks: ask for ${count} or more.`, { count })
      : []),
    ...(own.links ?? [])
      .filter((link) => !countable.includes(link))
      .flatMap((link) =>
        say('link-unknown', 'links', `Clicks on “${link}” do not count. Choose among ${choice}.`, { link, choice }),
      ),
    ...(own.links === null && published.links !== null
      ? say('link-unknown', 'links', `The vendor counts some links only. Choose among ${choice}.`, { choice })
      : []),
    ...(withinDays !== null && (own.withinDays === null || own.withinDays > withinDays)
      ? say(
          'window-longer',
          'withinDays',
          `The vendor counts clicks within ${withinDays} days: take ${withinDays} or fewer.`,
          { days: withinDays },
        )
      : []),
  ];
}

function hoursProblem(path: string, published: ReminderDelay, own: number | null): StricterRuleProblem[] {
  // Business days last at least as many days.
  // If longer, the earlier limit counts.
  const most = 'hours' in published ? published.hours : published.businessDays * 24;
  if (own === null || own <= most) return [];
  const message = `The vendor waits ${most} hours: choose ${most} or fewer.`;
  return [{ code: 'patience-longer', path, message, named: { hours: most } }];
}
