import type { GroupCondition, Tier, TierRequirement } from '#contracts';
import type { PartnerAttributeId } from '#kernel';
import type { PartnerAttribute } from '#organisations';
import { periodStart } from './tier-rules.js';

/** What `tiers.measure` found for a partner: for each tier its facts and conditions, in the order of the rule. */
export interface Measured {
  readonly results: readonly { readonly facts: readonly number[]; readonly conditions: readonly boolean[] }[];
}

/** How requirements are named and dated. */
export interface RequirementContext {
  readonly tiers: readonly Tier[];
  /** Of the vendor. */
  readonly attributes: ReadonlyMap<PartnerAttributeId, PartnerAttribute>;
  readonly today: string;
}

/** What the tier of a rank needs, and what the partner has of it. */
export function requirementsOf(
  { results }: Measured,
  rank: number,
  { tiers, attributes, today }: RequirementContext,
): TierRequirement[] {
  const rule = tiers[rank - 1]?.rule;
  const result = results[rank - 1];
  if (rule === undefined || result === undefined) return [];
  const since = periodStart(rule.period, today);
  return [
    ...rule.facts.map(({ fact, atLeast }, at) => {
      const measured = result.facts[at] ?? 0;
      return { fact, atLeast, measured, since, attribute: null, condition: null, isMet: measured >= atLeast };
    }),
    ...rule.conditions.map((condition, at) => ({
      fact: null,
      atLeast: null,
      measured: null,
      since: null,
      attribute: attributes.get(condition.attributeId)?.name ?? '',
      condition: withLabels(condition, attributes.get(condition.attributeId)),
      isMet: result.conditions[at] ?? false,
    })),
  ];
}

/** Keys of options become their labels: a partner cannot look them up. */
function withLabels(condition: GroupCondition, attribute: PartnerAttribute | undefined): GroupCondition {
  if (condition.on !== 'attribute') return condition;
  const labelOf = (key: string): string => attribute?.options.find((option) => option.key === key)?.label ?? key;
  return { ...condition, is: condition.is.map(labelOf) };
}
