/** A step of a checklist, and whether its fact is there. Nobody ticks it. */
export interface ChecklistStep<Key extends string> {
  readonly key: Key;
  readonly isDone: boolean;
}

/**
 * The steps of a checklist, in the order of the rules.
 * @param rules when each step is done.
 */
export const checklistSteps = <Facts, Key extends string>(
  rules: Readonly<Record<Key, (facts: Facts) => boolean>>,
  facts: Facts,
): ChecklistStep<Key>[] =>
  (Object.entries(rules) as [Key, (facts: Facts) => boolean][]).map(([key, isDone]) => ({
    key,
    isDone: isDone(facts),
  }));
