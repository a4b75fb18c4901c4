import type { TFunction } from 'i18next';
import type { ActivationLeadRule, ClickRule, LeadRuleView, TightenLeadRule } from '#contracts';

/** Number of clicks that make a lead, as a sentence. */
export function clicksText(t: TFunction, { count, links, withinDays }: ClickRule): string {
  return [
    t('leadRule.clicks', { count }),
    links === null ? t('leadRule.anyLink') : t('leadRule.links', { links: links.join(', ') }),
    withinDays === null ? '' : t('leadRule.within', { count: withinDays }),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** Time without follow-up, as text. */
export const escalationText = (t: TFunction, patience: LeadRuleView['remind']): string =>
  'hours' in patience
    ? t('leadRule.hours', { count: patience.hours })
    : t('leadRule.businessDays', { count: patience.businessDays });

/**
 * The vendor's rule, the partner's stricter one, and the links of the campaign.
 */
export type TightenedRule = Pick<ActivationLeadRule, 'published' | 'tightening' | 'links'>;

export const NOT_TIGHTENED: TightenLeadRule = { clicks: null, remindAfterHours: null, escalateAfterHours: null };

/**
 * The partner's value where there is one.
 * If it has business days and hours, the hours were chosen.
 */
export function effectiveRule({
  published,
  tightening,
}: Pick<TightenedRule, 'published' | 'tightening'>): LeadRuleView {
  const { clicks, remindAfterHours: remind, escalateAfterHours: escalate } = tightening;
  return {
    clicks: published.clicks === null ? null : (clicks ?? published.clicks),
    remind: remind === null ? published.remind : { hours: remind },
    escalate: escalate === null ? published.escalate : { hours: escalate },
  };
}

/** Form values; empty: the vendor's. */
export type TighteningValues = {
  count: number | '';
  links: string[];
  withinDays: number | '';
  remindAfterHours: number | '';
  escalateAfterHours: number | '';
};

const given = (value: number | ''): number | null => (value === '' ? null : value);

export const valuesOf = ({ tightening }: Pick<TightenedRule, 'tightening'>): TighteningValues => ({
  count: tightening.clicks?.count ?? '',
  links: tightening.clicks?.links ?? [],
  withinDays: tightening.clicks?.withinDays ?? '',
  remindAfterHours: tightening.remindAfterHours ?? '',
  escalateAfterHours: tightening.escalateAfterHours ?? '',
});

/** Values left empty in a changed rule are taken from the vendor's rule. */
export function tighteningOf(
  values: TighteningValues,
  { published: { clicks } }: Pick<TightenedRule, 'published'>,
): TightenLeadRule {
  const isOwn = values.count !== '' || values.withinDays !== '' || values.links.length > 0;
  return {
    clicks:
      clicks === null || !isOwn
        ? null
        : {
            count: given(values.count) ?? clicks.count,
            links: values.links.length > 0 ? values.links : clicks.links,
            withinDays: given(values.withinDays) ?? clicks.withinDays,
          },
    remindAfterHours: given(values.remindAfterHours),
    escalateAfterHours: given(values.escalateAfterHours),
  };
}

/**
 * Errors by field for values looser than the vendor's rule.
 * The API refuses the same values.
 */
export function tighteningErrors(
  t: TFunction,
  values: TighteningValues,
  { published }: Pick<TightenedRule, 'published'>,
): Partial<Record<keyof TighteningValues, string>> {
  const { clicks } = published;
  const { count, withinDays, remindAfterHours: remind, escalateAfterHours: escalate } = values;
  const hoursOf = (patience: LeadRuleView['remind']): number =>
    'hours' in patience ? patience.hours : patience.businessDays * 24;
  const most = (value: number | '', limit: number | null | undefined): boolean =>
    value !== '' && limit != null && value > limit;
  return {
    ...(clicks !== null && count !== '' && count < clicks.count
      ? { count: t('leadRule.atLeast', { count: clicks.count }) }
      : {}),
    ...(most(withinDays, clicks?.withinDays)
      ? { withinDays: t('leadRule.atMostDays', { count: clicks?.withinDays ?? 0 }) }
      : {}),
    ...(most(remind, hoursOf(published.remind))
      ? { remindAfterHours: t('leadRule.atMostHours', { count: hoursOf(published.remind) }) }
      : {}),
    ...(remind !== '' && escalate !== '' && escalate <= remind ? { escalateAfterHours: t('leadRule.order') } : {}),
    ...(most(escalate, hoursOf(published.escalate))
      ? { escalateAfterHours: t('leadRule.atMostHours', { count: hoursOf(published.escalate) }) }
      : {}),
  };
}
