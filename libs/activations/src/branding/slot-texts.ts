import { type CompiledCampaign, defaultLocale } from '#content';
import { checkSlot, type SlotNodes, type UrlPolicy, type ValueProblem } from '#rendering';

/** A partner's texts, by the slot's name. */
export type SlotTexts = Readonly<Record<string, SlotNodes>>;

/**
 * Every problem of these texts in a campaign's slots; empty if they are valid.
 */
export function slotProblems(compiled: CompiledCampaign, words: SlotTexts, policy: UrlPolicy): ValueProblem[] {
  return Object.entries(words).flatMap(([name, nodes]) => {
    const rule = compiled.slots.find((slot) => slot.name === name);
    if (rule === undefined) return [unknownSlot(name)];
    const locale = defaultLocale(compiled.definition);
    const options = (rule.options ?? []).map((option) => ({ name: option.name, label: option.label[locale] ?? '' }));
    return checkSlot(
      { ...rule, options, label: rule.label[locale] ?? name, default: rule.default[locale] ?? nodes },
      nodes,
      policy,
    );
  });
}

/** A text for a slot that the campaign does not have. */
export const unknownSlot = (name: string): ValueProblem => ({
  code: 'slot-unknown',
  path: `slot.${name}`,
  message: `There is no slot “${name}” in this campaign.`,
  remedy: 'Leave it out.',
  named: { what: name },
});

/**
 * The texts of one tactic.
 * @param tactic `documents.brochure`, `social.announce`
 */
export function textsIn(tactic: string, { slots }: CompiledCampaign, words: SlotTexts): SlotTexts {
  const there = new Set(slots.filter(({ usedIn }) => usedIn.includes(tactic)).map(({ name }) => name));
  return Object.fromEntries(Object.entries(words).filter(([name]) => there.has(name)));
}
