import type { TFunction } from 'i18next';
import type { ActivationLeadRule, ClickRule, LeadRuleView, StricterLeadRule } from '#contracts';

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
export type LeadRuleWithStricter = Pick<ActivationLeadRule, 'published' | 'stricter' | 'links'>;

export const NOT_STRICTER: StricterLeadRule = { clicks: null, remindAfterHours: null, escalateAfterHours: null };

/**
 * The partner's value where there is one.
 * If it has business days and hours, the hours were chosen.
 */
export function effectiveRule({
  published,
  stricter,
}: Pick<LeadRuleWithStricter, 'published' | 'stricter'>): LeadRuleView {
  const { clicks, remindAfterHours: remind, escalateAfterHours: escalate } = stricter;
  return {
    clicks: published.clicks === null ? null : (clicks ?? published.clicks),
    remind: remind === null ? published.remind : { hours: remind },
    escalate: escalate === null ? published.escalate : { hours: escalate },
  };
}

/** Form values; empty: the vendor's. */
export type StricterRuleValues = {
  count: number | '';
  links: string[];
  withinDays: number | '';
  remindAfterHours: number | '';
  escalateAfterHours: number | '';
};

const given = (value: number | ''): number | null => (value === '' ? null : value);

export const valuesOf = ({ stricter }: Pick<LeadRuleWithStricter, 'stricter'>): StricterRuleValues => ({
  count: stricter.clicks?.count ?? '',
  links: stricter.clicks?.links ?? [],
  withinDays: stricter.clicks?.withinDays ?? '',
  remindAfterHours: stricter.remindAfterHours ?? '',
  escalateAfterHours: stricter.escalateAfterHours ?? '',
});

/** Values left empty in a changed rule are taken from the vendor's rule. */
export function stricterRuleOf(
  values: StricterRuleValues,
  { published: { clicks } }: Pick<LeadRuleWithStricter, 'published'>,
): StricterLeadRule {
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
export function stricterRuleErrors(
  t: TFunction,
  values: StricterRuleValues,
  { published }: Pick<LeadRuleWithStricter, 'published'>,
): Partial<Record<keyof StricterRuleValues, string>> {
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
