import type { TFunction } from 'i18next';
import type { ClickRule, LeadRuleView } from '#contracts';

/** How many clicks of a person make a lead, in a sentence. */
export function clicksInWords(t: TFunction, { count, links, withinDays }: ClickRule): string {
  return [
    t('leadRule.clicks', { count }),
    links === null ? t('leadRule.anyLink') : t('leadRule.links', { links: links.join(', ') }),
    withinDays === null ? '' : t('leadRule.within', { count: withinDays }),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** How long an untouched lead may lie. */
export const patienceInWords = (t: TFunction, patience: LeadRuleView['remind']): string =>
  'hours' in patience
    ? t('leadRule.hours', { count: patience.hours })
    : t('leadRule.businessDays', { count: patience.businessDays });
