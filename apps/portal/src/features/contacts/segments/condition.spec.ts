import { CONDITION_KINDS, isComplete, kindOf, newCondition } from './condition';

describe('a condition of a segment', () => {
  it.each(CONDITION_KINDS)('of the kind %s is known by its kind', (kind) => {
    expect(kindOf(newCondition(kind))).toBe(kind);
  });

  it('is complete once it names a value', () => {
    const ruleOf = (...conditions: ReturnType<typeof newCondition>[]) => ({ match: 'all' as const, conditions });
    expect(isComplete(ruleOf())).toBe(false);
    expect(isComplete(ruleOf(newCondition('field')))).toBe(false);
    expect(isComplete(ruleOf({ on: 'field', field: 'industry', is: ['Finance'], not: false }))).toBe(true);
    expect(isComplete(ruleOf(newCondition('click'), newCondition('field-contains')))).toBe(false);
    expect(isComplete(ruleOf({ on: 'consent', states: [], not: false }))).toBe(false);
  });
});
