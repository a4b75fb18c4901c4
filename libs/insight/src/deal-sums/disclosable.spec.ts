import fc from 'fast-check';
import { isDisclosable } from './disclosable.js';

const parts = (...amounts: number[]) => amounts.map((minorUnits) => ({ minorUnits: BigInt(minorUnits) }));

describe('a sum of deals', () => {
  it('is not told of fewer than five partners, nor of one that outweighs the others', () => {
    expect(isDisclosable(parts(100, 100, 100, 100))).toBe(false);
    expect(isDisclosable(parts(100, 100, 100, 100, 0))).toBe(false);
    expect(isDisclosable(parts(100, 100, 100, 100, 100))).toBe(true);
    expect(isDisclosable(parts(400, 150, 150, 150, 150))).toBe(true);
    expect(isDisclosable(parts(401, 150, 150, 150, 149))).toBe(false);
  });

  it('counts a refund by its size', () => {
    expect(isDisclosable(parts(-400, 150, 150, 150, 150))).toBe(true);
    expect(isDisclosable(parts(-401, 150, 150, 150, 149))).toBe(false);
  });
});

/** What each partner has won until the end of a span, less refunds; undefined: it is not counted. */
type Ledger = readonly (readonly (number | undefined)[])[];
/** A sum that was told, with what each partner added to it. */
type Told = { readonly sum: bigint; readonly parts: readonly bigint[] };

/** As the service does: what is not in a sum yet, at the end of each span. */
function told(ledger: Ledger, mayTell: typeof isDisclosable): Told[] {
  const counted = new Map<number, bigint>();
  return ledger.flatMap((span) => {
    const open = span.map((total, partner) =>
      total === undefined ? 0n : BigInt(total) - (counted.get(partner) ?? 0n),
    );
    if (!mayTell(open.map((minorUnits) => ({ minorUnits })))) return [];
    open.forEach((part, partner) => counted.set(partner, (counted.get(partner) ?? 0n) + part));
    return [{ sum: open.reduce((sum, part) => sum + part, 0n), parts: open }];
  });
}

const size = (value: bigint): bigint => (value < 0n ? -value : value);
const together = (some: readonly Told[], partner: number): bigint =>
  some.reduce((sum, { parts: of }) => sum + size(of[partner] ?? 0n), 0n);

/**
 * The attack: add up any run of sums (that is every window that can be asked for), subtract what an insider
 * put in, and take the rest for the largest other partner.
 * @returns whether a guess is off by less than half of what it is about.
 */
function isFound(sums: readonly Told[], partners: number): boolean {
  for (let from = 0; from < sums.length; from += 1)
    for (let to = from; to < sums.length; to += 1) {
      const run = sums.slice(from, to + 1);
      const whole = Array.from({ length: partners }, (_, one) => together(run, one)).reduce((a, b) => a + b, 0n);
      for (let insider = 0; insider < partners; insider += 1)
        for (let victim = 0; victim < partners; victim += 1) {
          const own = together(run, victim);
          if (victim !== insider && own > 0n && (whole - together(run, insider) - own) * 2n < own) return true;
        }
    }
  return false;
}

/** Twelve partners over six spans. Amounts are heavy-tailed; partners join, leave and refund. */
const PARTNERS = 12;
const anyAmount = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 5000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 100_000, max: 10_000_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -3000, max: -1 }) },
);
const anyLedger: fc.Arbitrary<Ledger> = fc
  .array(fc.array(fc.record({ won: anyAmount, isIn: fc.boolean() }), { minLength: PARTNERS, maxLength: PARTNERS }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((spans) => {
    const totals = Array.from({ length: PARTNERS }, () => 0);
    return spans.map((span) =>
      span.map(({ won, isIn }, partner) => {
        totals[partner] = (totals[partner] ?? 0) + won;
        return isIn ? totals[partner] : undefined;
      }),
    );
  });

describe('differencing attacks on money', () => {
  it('identify no partner, over any window, with an insider and late refunds', () => {
    fc.assert(
      fc.property(anyLedger, (ledger) => {
        expect(isFound(told(ledger, isDisclosable), PARTNERS)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('would identify one if only the number of partners counted', () => {
    const ledgers = fc.sample(anyLedger, { numRuns: 300, seed: 28 });
    const enough: typeof isDisclosable = (all) => all.filter(({ minorUnits }) => minorUnits !== 0n).length >= 5;
    expect(ledgers.filter((ledger) => isFound(told(ledger, enough), PARTNERS)).length).toBeGreaterThan(100);
  });

  it('find each amount in one sum at most, so that sums add up to what was won', () => {
    fc.assert(
      fc.property(anyLedger, (ledger) => {
        const sums = told(ledger, isDisclosable);
        const all = ledger.map((span) => span.map((total) => total ?? 0));
        for (let partner = 0; partner < PARTNERS; partner += 1) {
          const inSums = sums.reduce((sum, { parts: of }) => sum + (of[partner] ?? 0n), 0n);
          expect([0n, ...all.map((span) => BigInt(span[partner] ?? 0))]).toContain(inSums);
        }
      }),
    );
  });
});
