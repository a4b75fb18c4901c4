import type { CampaignId, Id, VendorId } from '#kernel';
import type { ReleaseKind } from './budget.js';

/** Not `ReleaseId`, which is a release of messages for sending. */
export type DataReleaseId = Id<'data-release'>;
export type ReservationId = Id<'release-reservation'>;

/** One number of people. */
export interface ReleasedCell {
  readonly name: string;
  /** With noise; may be negative. Show it by `shownNumber` only. */
  readonly value: number;
}

/** A table of numbers for a vendor. It is stored once and never changes. */
export interface DataRelease {
  readonly id: DataReleaseId;
  readonly vendorId: VendorId;
  readonly kind: ReleaseKind;
  /** What the numbers are of: ids and hashes, never a contact. */
  readonly subject: string;
  /** The moment or end of the period that the numbers are of. */
  readonly asOf: Date;
  readonly at: Date;
  /** It is shown from then on. */
  readonly readyAt: Date;
  readonly cells: readonly ReleasedCell[];
  /** Standard deviation of the noise of each cell, in people. */
  readonly sd: number;
  readonly cost: number;
}

/** The subject of a campaign's results. Two tables have the kind `steps`, so the table is named. */
export const resultSubject = (campaignId: CampaignId, table: string): string => `${campaignId} ${table}`;

/** A part of a budget, set aside before its numbers are computed. */
export interface Reservation {
  readonly id: ReservationId;
  readonly vendorId: VendorId;
  readonly kind: ReleaseKind;
  readonly subject: string;
  readonly cost: number;
  /** Its place among the vendor's reservations of this kind, from 1. */
  readonly number: number;
  readonly at: Date;
  /** The numbers are not shown before. */
  readonly readyAt: Date;
}

const HOUR_MS = 3_600_000;
const LEAST_NOTICE_MS = 15 * 60_000;

/**
 * The next full hour (UTC) that is at least 15 minutes away. Numbers are shown
 * at full hours, so that the moment does not tell how long the work took.
 */
export function readyHour(now: Date): Date {
  return nextFullHour(new Date(now.getTime() + LEAST_NOTICE_MS));
}

/** The full hour (UTC) at or after a moment. */
export const nextFullHour = (at: Date): Date => new Date(Math.ceil(at.getTime() / HOUR_MS) * HOUR_MS);
