import type { InsightRates } from '#contracts';
import type { PartnerId } from '#kernel';
import { medianRates, MEDIAN_PARTNERS } from './numbers.js';

/** Partners as a vendor's rule groups them. */
export interface PeerGroup<Id extends string = string> {
  readonly id: Id;
  readonly members: ReadonlySet<PartnerId>;
}

export interface Compared<Id extends string = string> {
  /** The group whose median it is, or would be were it large enough; null for those that are in no group. */
  readonly groupId: Id | null;
  readonly median: InsightRates | null;
}

/**
 * Beside whom a partner stands: the smallest group of its own of which a median may be shown; whoever is in no group stands beside the others in
 * none. A median is shown of ten partners or more that sent, and only while no other group with a median differs by fewer than ten: the larger ones
 * come first, for the median of all but one beside that of all would give the one away.
 * @param rates of everybody who sent.
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

/** The groups of which a median is shown: the same for everybody who asks. */
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

/** How many are in one and not in the other. */
function differing<Id extends string>(a: Senders<Id>, b: Senders<Id>): number {
  const inB = new Set(b.who);
  const common = a.who.filter((one) => inB.has(one)).length;
  return a.who.length + b.who.length - 2 * common;
}
