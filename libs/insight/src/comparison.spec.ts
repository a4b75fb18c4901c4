import fc from 'fast-check';
import type { InsightRates } from '#contracts';
import type { PartnerId } from '#kernel';
import { compare as compareWith, type Compared, groupMedians, type PeerGroup } from './comparison.js';
import { MEDIAN_PARTNERS } from './numbers.js';

const id = (n: number): PartnerId => `partner ${n}` as PartnerId;
const rates = (clicks: number): InsightRates => ({
  bounced: 0,
  complained: 0,
  unsubscribed: 0,
  clicks,
  leads: 0,
  won: 0,
});
const senders = (count: number): Map<PartnerId, InsightRates> =>
  new Map(Array.from({ length: count }, (_, n) => [id(n), rates(n / 100)]));
const group = (name: string, from: number, to: number): PeerGroup => ({
  id: name,
  members: new Set(Array.from({ length: to - from }, (_, n) => id(from + n))),
});

const compare = (who: PartnerId, groups: readonly PeerGroup[], of: ReadonlyMap<PartnerId, InsightRates>): Compared =>
  compareWith(who, groups, groupMedians(groups, of));

describe('a partner compared with its group', () => {
  it('is compared with its own group alone', () => {
    const groups = [group('gold', 0, 11), group('silver', 11, 30)];
    expect(compare(id(3), groups, senders(30))).toMatchObject({
      groupId: 'gold',
      median: { clicks: { from: 0.05, to: 0.1 } },
    });
    expect(compare(id(20), groups, senders(30))).toMatchObject({
      groupId: 'silver',
      median: { clicks: { from: 0.2, to: 0.25 } },
    });
  });

  it('gets no median of a group of nine', () => {
    expect(compare(id(0), [group('gold', 0, 9)], senders(30))).toEqual({ groupId: 'gold', median: null });
  });

  it('of several groups has the smallest of which a median may be shown', () => {
    const groups = [group('all', 0, 60), group('gold', 0, 20), group('few', 0, 5)];
    expect(compare(id(0), groups, senders(60)).groupId).toBe('gold');
    expect(compare(id(30), groups, senders(60)).groupId).toBe('all');
  });

  it('gets no median of all but one beside that of all', () => {
    const groups = [group('all', 0, 30), group('all but one', 1, 30)];
    expect(compare(id(5), groups, senders(30)).groupId).toBe('all');
  });

  it('without a group is compared with others without one', () => {
    expect(compare(id(25), [group('gold', 0, 12)], senders(30))).toMatchObject({
      groupId: null,
      median: { clicks: { from: 0.2, to: 0.25 } },
    });
    expect(compare(id(25), [group('gold', 0, 21)], senders(30))).toEqual({ groupId: null, median: null });
    expect(compare(id(25), [], senders(30))).toMatchObject({
      groupId: null,
      median: { clicks: { from: 0.1, to: 0.15 } },
    });
  });

  it('sees medians of which no two are of groups that differ by one to nine partners', () => {
    const some = fc.uniqueArray(fc.nat(39), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 6 }), some, (members, sent) => {
        const groups = members.map((of, at) => ({ id: `group ${at}`, members: new Set(of.map(id)) }));
        const of = new Map(sent.map((n) => [id(n), rates(n / 100)]));
        const whoOf = new Map<string | null, Set<PartnerId>>(
          groups.map((one) => [one.id, new Set([...of.keys()].filter((who) => one.members.has(who)))]),
        );
        whoOf.set(null, new Set([...of.keys()].filter((who) => !groups.some((one) => one.members.has(who)))));
        const shown = [...Array(40).keys()]
          .map((n) => compare(id(n), groups, of))
          .filter(({ median }) => median !== null);
        const sets = [...new Set(shown.map(({ groupId }) => groupId))].map((name) => whoOf.get(name)!);
        for (const one of sets) {
          expect(one.size).toBeGreaterThanOrEqual(MEDIAN_PARTNERS);
          for (const other of sets) {
            const apart = [...one, ...other].filter((who) => !(one.has(who) && other.has(who))).length;
            expect(apart === 0 || apart >= MEDIAN_PARTNERS).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
