import type { Tier } from '#contracts';
import { periodStart, requireUsableTiers } from './tier-rules.js';

const tier = (name: string, facts: Tier['rule']['facts'] = []): Tier => ({
  name,
  about: '',
  rule: { period: { unit: 'months', count: 3 }, facts, conditions: [] },
});
const once: Tier['rule']['facts'] = [{ fact: 'launches', atLeast: 1 }];

describe('the period of a rule', () => {
  it.each([
    ['months', 3, '2026-11-27', '2026-08-27'],
    ['months', 1, '2026-03-31', '2026-02-28'],
    ['months', 12, '2026-01-15', '2025-01-15'],
    ['quarters', 1, '2026-11-27', '2026-07-01'],
    ['quarters', 4, '2026-01-01', '2025-01-01'],
  ] as const)('%s %i before %s begins on %s', (unit, count, today, first) => {
    expect(periodStart({ unit, count }, today)).toBe(first);
  });
});

describe('the rules of tiers', () => {
  it.each([
    ['name-twice', [tier('Gold', once), tier('gold ', once), tier('Bronze')]],
    ['lowest-needs', [tier('Gold', once)]],
    ['needs-nothing', [tier('Gold'), tier('Bronze')]],
    ['fact-twice', [tier('Gold', [...once, ...once]), tier('Bronze')]],
  ])('are refused: %s', (problem, tiers) => {
    expect(() => requireUsableTiers(tiers, [])).toThrow(expect.objectContaining({ code: `tier-rules.${problem}` }));
  });

  it('are usable if all but the lowest need something', () => {
    expect(() => requireUsableTiers([tier('Gold', once), tier('Bronze')], [])).not.toThrow();
  });
});
