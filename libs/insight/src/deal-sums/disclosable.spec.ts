import fc from 'fast-check';
import { isDisclosable } from './disclosable.js';
import { anyLedger, isFound, PARTNERS, told, twinOf } from './disclosable.fixture.js';

const parts = (...amounts: number[]) => amounts.map((minorUnits) => ({ minorUnits: BigInt(minorUnits) }));
const bigints = (...amounts: number[]): bigint[] => amounts.map(BigInt);
const sumOf = (some: readonly bigint[]): bigint => some.reduce((sum, one) => sum + one, 0n);

describe('a sum of deals', () => {
  it('is not told of fewer than five partners, nor of one that outweighs the others', () => {
    expect(isDisclosable(parts(100, 100, 100, 100))).toBe(false);
    expect(isDisclosable(parts(100, 100, 100, 100, 0))).toBe(false);
    expect(isDisclosable(parts(100, 100, 100, 100, 100))).toBe(true);
    expect(isDisclosable(parts(400, 150, 150, 150, 150))).toBe(true);
    expect(isDisclosable(parts(401, 150, 150, 150, 149))).toBe(false);
  });

  it('counts partners that add to it, and bounds each part by what is told', () => {
    expect(isDisclosable(parts(-50, 150, 150, 150, 150))).toBe(false);
    expect(isDisclosable(parts(-50, 150, 150, 150, 150, 150))).toBe(true);
    // 40 % of 536 are 214.4.
    expect(isDisclosable(parts(-214, 150, 150, 150, 150, 150))).toBe(true);
    expect(isDisclosable(parts(-215, 150, 150, 150, 150, 150))).toBe(false);
    // Refunds make no room: 400 would be all of the sum that is told.
    expect(isDisclosable(parts(400, -150, 150, -150, 150))).toBe(false);
    expect(isDisclosable(parts(400, 150, 150, 50, 50, -200, -200))).toBe(false);
  });

  it('is not told at zero or below', () => {
    expect(isDisclosable(parts(-100, -100, -100, -100, -100))).toBe(false);
    expect(isDisclosable(parts(1, 1, 1, 1, 1, -5))).toBe(false);
  });
});

describe('differencing attacks on money', () => {
  it('identify no partner: each run of sums less what an insider put in is off by half of a part or more', () => {
    fc.assert(
      fc.property(anyLedger, (ledger) => {
        expect(isFound(told(ledger, isDisclosable), PARTNERS)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('leave it open to an insider that knows the rule whether another part is next to nothing', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyLedger, (ledger) => {
        for (const { sum, parts: own } of told(ledger, isDisclosable))
          for (let insider = 0; insider < PARTNERS; insider += 1)
            for (let victim = 0; victim < PARTNERS; victim += 1) {
              if (victim === insider || own[victim] === 0n) continue;
              const twin = twinOf(own, insider, victim);
              expect(twin[insider]).toBe(own[insider]);
              expect(twin[victim]).toBe(1n);
              expect(sumOf(twin)).toBe(sum);
              expect(twin.map((part) => part !== 0n)).toEqual(own.map((part) => part !== 0n));
              expect(isDisclosable(twin.map((minorUnits) => ({ minorUnits })))).toBe(true);
              compared += 1;
            }
      }),
      { numRuns: 100, seed: 28 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it.each<[string, typeof isDisclosable]>([
    ['only the number of partners counted', (all) => all.filter(({ minorUnits }) => minorUnits !== 0n).length >= 5],
    [
      'parts were bounded by their sizes, and not by what is told',
      (all) => {
        const sizes = all.map(({ minorUnits }) => (minorUnits < 0n ? -minorUnits : minorUnits)).filter((of) => of > 0n);
        return sizes.length >= 5 && sizes.every((of) => of * 5n <= sumOf(sizes) * 2n);
      },
    ],
  ])('would identify one if %s', (_, mayTell) => {
    const ledgers = fc.sample(anyLedger, { numRuns: 300, seed: 28 });
    const found = ledgers.filter((ledger) => isFound(told(ledger, mayTell), PARTNERS));
    expect(found.length).toBeGreaterThan(10);
  });

  it('would identify a partner of 400, 150 and 150 with two refunds of 150, which are told together as 400', () => {
    const of = bigints(400, -150, 150, -150, 150);
    expect(isFound([{ sum: sumOf(of), parts: of }], of.length)).toBe(true);
  });

  it('of a vendor with all partners of a sum but one, or with two large ones, are not prevented', () => {
    const of = bigints(400, 400, 180, 10, 10);
    expect(isDisclosable(of.map((minorUnits) => ({ minorUnits })))).toBe(true);
    const sum = sumOf(of);
    expect(sum - sumOf(of.filter((_, partner) => partner !== 2))).toBe(180n);
    // Off by a ninth.
    expect(sum - 400n - 400n).toBe(200n);
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
