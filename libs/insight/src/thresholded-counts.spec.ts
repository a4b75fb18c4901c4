import fc from 'fast-check';
import { isEnough, thresholded, type Cohort } from './thresholded-counts.js';
import { addDays } from './window.js';

const FIRST_SUNDAY = '2026-01-04';
const sunday = (week: number): string => addDays(FIRST_SUNDAY, 7 * week);
const monday = (week: number): string => addDays(sunday(week), -6);
const WEEKS = 14;

/**
 * One partner: the week of its launch, and the weeks until it used a slot, got
 * a lead and won it; or never.
 */
const partner = fc.record({
  launched: fc.nat(WEEKS - 1),
  used: fc.option(fc.nat(5), { nil: null }),
  won: fc.option(fc.nat(3), { nil: null }),
});
const crowd = fc.array(partner, { maxLength: 45 });
const later = (week: number, by: number | null): string | null => (by === null ? null : monday(week + by));
type Partner = typeof partner extends fc.Arbitrary<infer T> ? T : never;
const watch = ({ launched, used }: Partner): Cohort => ({
  partners: 1,
  since: monday(launched),
  did: later(launched, used),
});
const onWeek = (week: string): number => Array.from({ length: 3 * WEEKS }, (_, at) => monday(at)).indexOf(week);

/**
 * What a vendor reads after each week, as numbers: what is hidden is not there.
 */
interface Seen {
  readonly of: number;
  readonly did: number;
}
function seenAfter(partners: readonly Partner[], week: number): { use: Seen; won: Seen } {
  const use = thresholded(
    partners.map((one) => ({ ...watch(one), one })),
    sunday(week),
  );
  const won = thresholded(
    use.who.map(({ one: { one }, since }) => ({
      partners: 1,
      since,
      did: one.used === null || one.won === null ? null : monday(one.launched + one.used + one.won),
    })),
    sunday(week),
  );
  return { use: { of: use.of ?? 0, did: use.did ?? 0 }, won: { of: use.did ?? 0, did: won.did ?? 0 } };
}

describe('a thresholded count', () => {
  it('differs between two weeks by no partner, or by five partners or more', () => {
    fc.assert(
      fc.property(crowd, fc.nat(2 * WEEKS), fc.nat(2 * WEEKS), (partners, a, b) => {
        const [one, other] = [seenAfter(partners, a), seenAfter(partners, b)];
        for (const stage of ['use', 'won'] as const)
          for (const number of ['of', 'did'] as const)
            expect(isEnough(Math.abs(one[stage][number] - other[stage][number]))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('differs from its whole, and from the stage before, by no partner, or by five partners or more', () => {
    fc.assert(
      fc.property(crowd, fc.nat(2 * WEEKS), (partners, week) => {
        const { use, won } = seenAfter(partners, week);
        for (const difference of [use.did, won.did, use.of - use.did, use.did - won.did, use.of - won.did])
          expect(isEnough(difference)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('is never more than is true, and the same for groups that are counted by the week as for partners one by one', () => {
    fc.assert(
      fc.property(crowd, fc.nat(2 * WEEKS), (partners, week) => {
        const shown = thresholded(partners.map(watch), sunday(week));
        const true_ = partners.filter((one) => {
          const { did } = watch(one);
          return did !== null && onWeek(did) <= week;
        });
        expect(shown.did ?? 0).toBeLessThanOrEqual(true_.length);
        const groups = new Map<string, Cohort>();
        for (const one of partners.map(watch)) {
          const key = `${one.since} ${one.did}`;
          groups.set(key, { ...one, partners: (groups.get(key)?.partners ?? 0) + 1 });
        }
        const { of, did } = thresholded([...groups.values()], sunday(week));
        expect({ of, did }).toEqual({ of: shown.of, did: shown.did });
      }),
    );
  });

  it('moves once five more have done it, and not with the fourth', () => {
    const since = monday(0);
    const others = (partners: number): Cohort => ({ partners, since, did: null });
    const users = (partners: number, week: number): Cohort => ({ partners, since, did: monday(week) });
    const all = [users(6, 0), users(4, 1), users(1, 2), others(9)];
    expect([0, 1, 2].map((week) => thresholded(all, sunday(week)).did)).toEqual([6, 6, 11]);
    expect(thresholded([users(6, 0), others(3)], sunday(0))).toMatchObject({ of: 9, did: null });
    expect(thresholded([users(3, 0)], sunday(0))).toMatchObject({ of: null, did: null });
    expect(thresholded([], sunday(0))).toMatchObject({ of: null, did: null, who: [] });
  });
});
