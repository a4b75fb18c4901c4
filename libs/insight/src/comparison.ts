import type { InsightRates } from '#contracts';
import type { PartnerId } from '#kernel';
import { medianRates, MEDIAN_PARTNERS } from './numbers.js';

/** A group of partners by a vendor's rule. */
export interface PeerGroup<Id extends string = string> {
  readonly id: Id;
  readonly members: ReadonlySet<PartnerId>;
}

export interface Compared<Id extends string = string> {
  /**
   * The group of the median, even if too small to show; null for partners
   * without a group.
   */
  readonly groupId: Id | null;
  readonly median: InsightRates | null;
}

/**
 * Compares a partner with its smallest group that may show a median. A partner
 * without such a group is compared with other partners without one. A median
 * needs ten senders. Groups that differ by fewer than ten partners never both
 * show one, because the two medians would reveal the difference; the larger has
 * priority.
 * @param rates of all senders.
 */
export function compare<Id extends string>(
  partnerId: PartnerId,
  groups: readonly PeerGroup<Id>[],
  rates: ReadonlyMap<PartnerId, InsightRates>,
): Compared<Id> {
  const senders = groups.map(({ id, members }) => ({
    id,
    isOwn: members.has(partnerId),
    who: [...rates.keys()].filter((one) => members.has(one)),
  }));
  const own = senders.filter(({ isOwn }) => isOwn);
  const medianOf = (who: readonly PartnerId[]): InsightRates | null =>
    medianRates(who.flatMap((one) => rates.get(one) ?? []));
  if (own.length === 0) {
    const inNone = [...rates.keys()].filter((one) => !groups.some(({ members }) => members.has(one)));
    return { groupId: null, median: medianOf(inNone) };
  }
  const shown = withMedian(senders);
  const [smallest] = own.filter(({ id }) => shown.has(id)).sort(bySize);
  const [named] = [...own].sort(bySize);
  return smallest === undefined
    ? { groupId: named?.id ?? null, median: null }
    : { groupId: smallest.id, median: medianOf(smallest.who) };
}

interface Senders<Id extends string> {
  readonly id: Id;
  readonly who: readonly PartnerId[];
}

/** The groups that show a median: the same for every reader. */
function withMedian<Id extends string>(senders: readonly Senders<Id>[]): ReadonlySet<Id> {
  const shown: Senders<Id>[] = [];
  for (const group of [...senders].sort((a, b) => bySize(b, a))) {
    const isApart = shown.every((other) => {
      const apart = differing(group, other);
      return apart === 0 || apart >= MEDIAN_PARTNERS;
    });
    if (group.who.length >= MEDIAN_PARTNERS && isApart) shown.push(group);
  }
  return new Set(shown.map(({ id }) => id));
}

const bySize = <Id extends string>(a: Senders<Id>, b: Senders<Id>): number =>
  a.who.length - b.who.length || a.id.localeCompare(b.id, 'en');

/** The number of partners that are in exactly one of two groups. */
function differing<Id extends string>(a: Senders<Id>, b: Senders<Id>): number {
  const inB = new Set(b.who);
  const common = a.who.filter((one) => inB.has(one)).length;
  return a.who.length + b.who.length - 2 * common;
}
