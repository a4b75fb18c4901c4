import type { ClickRule, LeadRule, LeadTightening, Patience } from './lead-rule.js';

/**
 * Where a tightening would loosen the rule, or makes no sense, and the way out.
 */
interface TighteningProblem {
  readonly code: 'clicks-none' | 'clicks-fewer' | 'link-unknown' | 'window-longer' | 'patience-longer' | 'order';
  /** Within the tightening. */
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
export function tighteningProblems(
  rule: LeadRule,
  tightening: LeadTightening,
  links: readonly string[],
): TighteningProblem[] {
  const { remindAfterHours: remind, escalateAfterHours: escalate } = tightening;
  return [
    ...(tightening.clicks === null ? [] : clickProblems(rule.clicks, tightening.clicks, links)),
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

function clickProblems(published: ClickRule | null, own: ClickRule, links: readonly string[]): TighteningProblem[] {
  const say = (
    code: TighteningProblem['code'],
    path: string,
    message: string,
    named: TighteningProblem['named'],
  ): TighteningProblem[] => [{ code, path: `clicks.${path}`, message, named }];
  if (published === null)
    return [
      {
        code: 'clicks-none',
        path: 'clicks',
        named: {},
        message: 'This campaign makes no leads of clicks: leave it out.',
      },
    ];
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

function hoursProblem(path: string, published: Patience, own: number | null): TighteningProblem[] {
  // Business days last at least as many days.
  // If longer, the earlier limit counts.
  const most = 'hours' in published ? published.hours : published.businessDays * 24;
  if (own === null || own <= most) return [];
  const message = `The vendor waits ${most} hours: choose ${most} or fewer.`;
  return [{ code: 'patience-longer', path, message, named: { hours: most } }];
}
