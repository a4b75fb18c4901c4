import { createHash } from 'node:crypto';
import {
  type CampaignId,
  type CampaignVersionId,
  DAY_MS,
  DomainError,
  type Id,
  type PartnerGroupId,
  type PartnerId,
  type VendorId,
} from '#kernel';

import type { RateLimits, UnmetRate } from './wave-rates.js';

export type WaveId = Id<'wave'>;

/** What a vendor plans: which partners, from which day on, and under which condition. */
export interface WavePlan {
  /** UTC calendar. */
  readonly opensOn: string;
  readonly groupIds: readonly PartnerGroupId[];
  /** Of all partners in the programme; null: not by share. */
  readonly sharePercent: number | null;
  readonly forEveryone: boolean;
  /** It stays shut if the sending of more partners of the version is stopped; null: no condition. */
  readonly mostStoppedPartners: number | null;
  readonly rateLimits: RateLimits;
}

/** A wave in which a published version is offered to more partners. */
export interface Wave extends WavePlan {
  readonly id: WaveId;
  readonly vendorId: VendorId;
  readonly campaignId: CampaignId;
  readonly versionId: CampaignVersionId;
  readonly versionNumber: number;
  readonly plannedBy: string;
  readonly pausedAt: Date | null;
  readonly openedAt: Date | null;
  /** When it was not opened on its day; null: it was, or its day has not come. */
  readonly shutAt: Date | null;
  /** Why it was not: its condition was not met. */
  readonly stoppedPartners: number | null;
  /** Why it was not: a rate. */
  readonly shutRate: UnmetRate | null;
  /** Why it was not: the error that opening it met. */
  readonly shutCode: string | null;
}

/** Why a wave is not opened: all but one are null. */
export type WhyShut = Pick<Wave, 'stoppedPartners' | 'shutRate' | 'shutCode'>;

/** No reason yet. */
export const NOT_SHUT: WhyShut = { stoppedPartners: null, shutRate: null, shutCode: null };

type Planned = Pick<Wave, 'id' | 'opensOn' | 'openedAt'>;

/** The wave of a version that opened last. */
export interface LastOpened {
  readonly opensOn: string;
  readonly openedAt: Date;
}

/**
 * From when on a wave may open. The distance to the wave that opened last is as
 * planned, and at least a day: if that one opened late, partners would
 * otherwise get the version before anybody could see how it does.
 * @param last null: none has opened.
 */
export function opensAt({ opensOn }: Pick<WavePlan, 'opensOn'>, last: LastOpened | null): Date {
  const day = Date.parse(opensOn);
  if (last === null) return new Date(day);
  const distance = Math.max(DAY_MS, day - Date.parse(last.opensOn));
  return new Date(Math.max(day, last.openedAt.getTime() + distance));
}

/**
 * The first day on which each wave of a version can open that has not, if each
 * opens as soon as it can.
 * @param waves in the order in which they open.
 */
export function firstDays(waves: readonly Planned[], now: Date): ReadonlyMap<WaveId, string> {
  let last = lastOpened(waves);
  const days = new Map<WaveId, string>();
  for (const { id, opensOn, openedAt } of waves) {
    if (openedAt !== null) continue;
    const at = new Date(Math.max(now.getTime(), opensAt({ opensOn }, last).getTime()));
    days.set(id, at.toISOString().slice(0, 10));
    last = { opensOn, openedAt: at };
  }
  return days;
}

function lastOpened(waves: readonly Planned[]): LastOpened | null {
  let last: LastOpened | null = null;
  for (const { opensOn, openedAt } of waves)
    if (openedAt !== null && (last === null || openedAt >= last.openedAt)) last = { opensOn, openedAt };
  return last;
}

/**
 * The partners of a share of a version, rounded up: the smallest share has one
 * partner. They come in an order of their own for each version, so a larger
 * share has all of a smaller one, and not the same partners are first each time.
 */
export function partnersOfShare(
  partnerIds: readonly PartnerId[],
  versionId: CampaignVersionId,
  percent: number,
): PartnerId[] {
  const place = (partnerId: PartnerId): string =>
    createHash('sha256').update(`${versionId} ${partnerId}`).digest('hex');
  const inOrder = partnerIds.map((id) => ({ id, place: place(id) })).toSorted((a, b) => (a.place < b.place ? -1 : 1));
  return inOrder.slice(0, Math.ceil((partnerIds.length * percent) / 100)).map(({ id }) => id);
}

/**
 * @throws DomainError `wave.audience` unless it has groups, a share or all
 *   partners, and only one of them; `wave.day-past`.
 */
export function requirePlan({ groupIds, sharePercent, forEveryone, opensOn }: WavePlan, today: string): void {
  const audiences = [groupIds.length > 0, sharePercent !== null, forEveryone].filter(Boolean).length;
  if (audiences !== 1)
    throw new DomainError(
      'wave.audience',
      'Choose the partners of the wave in one way: groups, a share of all partners, or all partners.',
      { field: 'groupIds' },
    );
  if (opensOn < today) throw dayPast();
}

const dayPast = (): DomainError =>
  new DomainError('wave.day-past', 'This day is over. Choose today or a later day for the wave.', {
    field: 'opensOn',
  });

/** Whether a wave opens. The measure is of the moment of its opening. */
export const mayOpen = ({ mostStoppedPartners }: Pick<WavePlan, 'mostStoppedPartners'>, stopped: number): boolean =>
  mostStoppedPartners === null || stopped <= mostStoppedPartners;

/** What of a wave is planned anew; what is absent stays. */
export interface WaveChange {
  readonly opensOn?: string;
  readonly sharePercent?: number;
}

/**
 * @throws DomainError `wave.nothing-changed`, `wave.day-past`, `wave.not-a-share`;
 *   of one that has opened `wave.opened` for another day, `wave.only-wider` for a
 *   share that is not larger.
 */
export function requireChange(
  { sharePercent, openedAt }: Pick<Wave, 'sharePercent' | 'openedAt'>,
  change: WaveChange,
  today: string,
): void {
  if (change.opensOn === undefined && change.sharePercent === undefined)
    throw new DomainError('wave.nothing-changed', 'Send another day, another share, or both.', { field: 'opensOn' });
  if (change.sharePercent !== undefined && sharePercent === null)
    throw new DomainError(
      'wave.not-a-share',
      'This wave has partner groups or all partners, so it has no share. Plan another wave instead.',
      { field: 'sharePercent' },
    );
  if (openedAt !== null && change.opensOn !== undefined)
    throw new DomainError(
      'wave.opened',
      'This wave has opened. Partners know that they can launch the version, so its day stays.',
      { field: 'opensOn' },
      { kind: 'conflict' },
    );
  if (openedAt !== null && (change.sharePercent ?? 0) <= (sharePercent ?? 0))
    throw new DomainError(
      'wave.only-wider',
      `This wave has opened with ${sharePercent} % of the partners, and nothing is taken away. Choose a larger share.`,
      { field: 'sharePercent', sharePercent },
    );
  if (change.opensOn !== undefined && change.opensOn < today) throw dayPast();
}
