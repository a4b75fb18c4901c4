import type { InsightRates, RateBands } from '#contracts';
import type { PartnerId } from '#kernel';
import { medianBands, MEDIAN_PARTNERS } from './numbers.js';

/** A group of partners by a vendor's rule. */
export interface PeerGroup<Id extends string = string> {
  readonly id: Id;
  readonly members: ReadonlySet<PartnerId>;
}

/** The medians of a group's rates, as bands. */
export interface GroupMedian<Id extends string = string> {
  /** Null: the partners without a group. */
  readonly groupId: Id | null;
  /** Partners whose rates are in it. */
  readonly senders: number;
  readonly bands: RateBands;
}

export interface Compared<Id extends string = string> {
  /**
   * The group of the median, even if too small to show; null for partners
   * without a group.
   */
  readonly groupId: Id | null;
  readonly median: RateBands | null;
}

/**
 * The medians that may be shown. A median needs ten senders. Groups that differ
 * by fewer than ten partners never both show one, because the two medians would
 * reveal the difference; the larger has priority.
 * @param rates of all senders.
 */
export function groupMedians<Id extends string>(
  groups: readonly PeerGroup<Id>[],
  rates: ReadonlyMap<PartnerId, InsightRates>,
): GroupMedian<Id>[] {
  const medianOf = (groupId: Id | null, who: readonly PartnerId[]): GroupMedian<Id>[] => {
    const bands = medianBands(who.flatMap((one) => rates.get(one) ?? []));
    return bands === null ? [] : [{ groupId, senders: who.length, bands }];
  };
  const senders = groups.map(({ id, members }) => ({ id, who: [...rates.keys()].filter((one) => members.has(one)) }));
  const inNone = [...rates.keys()].filter((one) => !groups.some(({ members }) => members.has(one)));
  return [...withMedian(senders).flatMap(({ id, who }) => medianOf(id, who)), ...medianOf(null, inNone)];
}

/**
 * Compares a partner with its smallest group that has a median. A partner in no
 * group is compared with other partners in none.
 */
export function compare<Id extends string>(
  partnerId: PartnerId,
  groups: readonly PeerGroup<Id>[],
  medians: readonly GroupMedian<Id>[],
): Compared<Id> {
  const own = groups.filter(({ members }) => members.has(partnerId));
  if (own.length === 0)
    return { groupId: null, median: medians.find(({ groupId }) => groupId === null)?.bands ?? null };
  const [smallest] = medians
    .filter(({ groupId }) => own.some(({ id }) => id === groupId))
    .sort((a, b) => a.senders - b.senders || byId(a.groupId ?? '', b.groupId ?? ''));
  if (smallest !== undefined) return { groupId: smallest.groupId, median: smallest.bands };
  const [named] = [...own].sort((a, b) => a.members.size - b.members.size || byId(a.id, b.id));
  return { groupId: named?.id ?? null, median: null };
}

interface Senders<Id extends string> {
  readonly id: Id;
  readonly who: readonly PartnerId[];
}

function withMedian<Id extends string>(senders: readonly Senders<Id>[]): readonly Senders<Id>[] {
  const shown: Senders<Id>[] = [];
  for (const group of [...senders].sort((a, b) => b.who.length - a.who.length || byId(b.id, a.id))) {
    const isApart = shown.every((other) => {
      const apart = differing(group, other);
      return apart === 0 || apart >= MEDIAN_PARTNERS;
    });
    if (group.who.length >= MEDIAN_PARTNERS && isApart) shown.push(group);
  }
  return shown;
}

const byId = (a: string, b: string): number => a.localeCompare(b, 'en');

/** The number of partners that are in exactly one of two groups. */
function differing<Id extends string>(a: Senders<Id>, b: Senders<Id>): number {
  const inB = new Set(b.who);
  const common = a.who.filter((one) => inB.has(one)).length;
  return a.who.length + b.who.length - 2 * common;
}
