import fc from 'fast-check';
import type { CampaignId } from '#kernel';
import {
  type Contribution,
  partCell,
  partContributions,
  type PersonFact,
  RESPONSES,
  responseContributions,
  RESULT_TABLES,
  type ResultTableName,
  weekContributions,
} from './contribution.js';
import { COUNTED_SPANS, nextStart, type Rhythm, withSpan } from './release-calendar.js';

const CAMPAIGNS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => name as CampaignId);
const STEPS = ['welcome', 'proof', 'offer'];
const VARIANTS = ['en', 'de', 'en; industry=finance'];
const PARTS = new Map(
  CAMPAIGNS.map((id) => [
    id,
    new Set(STEPS.slice(0, 2).flatMap((step) => VARIANTS.map((variant) => partCell(step, variant)))),
  ]),
);
const TABLES: Record<Rhythm, readonly ResultTableName[]> = {
  week: ['sent', 'bounced'],
  'four-weeks': ['responses', 'partsSent', 'partsClicked'],
};

const fact: fc.Arbitrary<PersonFact> = fc.record({
  kind: fc.constantFrom('sent' as const, 'bounced' as const, ...RESPONSES),
  campaignId: fc.constantFrom(...CAMPAIGNS),
  stepKey: fc.constantFrom(...STEPS),
  variant: fc.constantFrom(...VARIANTS),
  // Retries and repeated reports give the same fact more than once.
  n: fc.nat({ max: 40 }),
});
const contributionsOf = (rhythm: Rhythm, facts: readonly PersonFact[]): Contribution[][] =>
  rhythm === 'week' ? [weekContributions(facts)] : [responseContributions(facts), partContributions(facts, PARTS)];

/** The difference that one person makes in a table: its length (L2). */
const distance = (contributions: readonly Contribution[], table: ResultTableName): number => {
  const cells = new Map<string, number>();
  for (const one of contributions.filter((contribution) => contribution.table === table))
    cells.set(`${one.campaignId} ${one.cell}`, (cells.get(`${one.campaignId} ${one.cell}`) ?? 0) + one.n);
  return Math.sqrt([...cells.values()].reduce((sum, n) => sum + n * n, 0));
};

describe('what one person moves in the results', () => {
  it.each(['week', 'four-weeks'] as const)('is within the bound of each table of a %s', (rhythm) => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 40 }), (facts) => {
        const contributions = contributionsOf(rhythm, facts).flat();
        return TABLES[rhythm].every((table) => distance(contributions, table) <= RESULT_TABLES[table].bound);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['week', 52],
    ['four-weeks', 13],
  ] as const)('counts in a limited number of spans of each year: %s', (rhythm, year) => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: year, maxLength: 3 * year }), (isActive) => {
        let startsOn = '2026-01-05';
        let used: readonly string[] = [];
        const counted: boolean[] = [];
        for (const active of isActive) {
          const after = active ? withSpan(rhythm, used, startsOn) : null;
          counted.push(after !== null);
          used = after ?? used;
          startsOn = nextStart(rhythm, startsOn);
        }
        return counted.every(
          (_, from) => counted.slice(from, from + year).filter(Boolean).length <= COUNTED_SPANS[rhythm],
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('moves no other table than its own', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 25 }), (facts) => {
        for (const rhythm of ['week', 'four-weeks'] as const)
          for (const { table, n } of contributionsOf(rhythm, facts).flat()) {
            expect(TABLES[rhythm]).toContain(table);
            expect(n).toBeGreaterThan(0);
          }
      }),
    );
  });

  const [a, b] = [CAMPAIGNS[0]!, CAMPAIGNS[1]!];
  const of = (kind: PersonFact['kind'], campaignId: CampaignId, n = 1, stepKey = 'welcome'): PersonFact => ({
    kind,
    campaignId,
    stepKey,
    variant: 'en',
    n,
  });

  it('is the first four messages of a week, over all campaigns', () => {
    expect(weekContributions([of('sent', a, 3), of('sent', b, 9), of('bounced', b, 2), of('bounced', a)])).toEqual([
      { table: 'sent', campaignId: a, cell: 'sent', n: 3 },
      { table: 'sent', campaignId: b, cell: 'sent', n: 1 },
      { table: 'bounced', campaignId: b, cell: 'bounced', n: 1 },
    ]);
  });

  it('is each response once, in the campaign where it happened first', () => {
    expect(responseContributions([of('clicked', b, 5), of('clicked', a), of('leads', a), of('sent', a)])).toEqual([
      { table: 'responses', campaignId: b, cell: 'clicked', n: 1 },
      { table: 'responses', campaignId: a, cell: 'leads', n: 1 },
    ]);
  });

  it('is the parts that are released, and the first in which the person clicked', () => {
    const facts = [of('sent', a, 2), of('sent', a, 1, 'offer'), of('clicked', a, 1, 'offer'), of('clicked', a, 3)];
    expect(partContributions(facts, PARTS)).toEqual([
      { table: 'partsSent', campaignId: a, cell: partCell('welcome', 'en'), n: 1 },
      { table: 'partsClicked', campaignId: a, cell: partCell('welcome', 'en'), n: 1 },
    ]);
    const many = CAMPAIGNS.map((campaignId) => of('sent', campaignId));
    expect(partContributions(many, PARTS)).toHaveLength(6);
  });
});
