import { DAY_MS } from '#kernel';
import { isOpenToEntries, longestPathDays, type SequenceDefinition } from '#sequencing';
import type { Activation } from './activation.js';

export const BY_PARTNER = 'by the partner';
/** `statusReason` of a launch that was undone before its first e-mail. */
export const UNDONE = 'undone';
/** `statusReason` of an activation that waits for a consent. */
export const RELAY_CONSENT_MISSING = 'relay-consent';
/** `statusReason` of an activation that its vendor holds, and of one that it stopped alone. */
export const HELD_BY_VENDOR = 'by the vendor';
/** `statusReason` of an activation that a recall holds. */
export const HELD_BY_RECALL = 'recalled by the vendor';
export const STOPPED_BY_VENDOR = 'the vendor stopped this campaign of the partner';
/** Days for weekends, holidays and the send window, which the graph lacks. */
const MARGIN_DAYS = 7;
/** How long people can enter a sequence after its start, where a rule lets them. */
const OPEN_DAYS = 365;

/**
 * When an activation that does not stay open is over for its vendor: the start of a UTC day. It follows
 * from the version and the start alone. When the contacts have really finished
 * tells the vendor which branch they took, and so the values of their fields.
 */
export function plannedEndOf(sequence: Pick<SequenceDefinition, 'steps' | 'entries'>, startAt: Date): Date {
  const openDays = isOpenToEntries(sequence) ? OPEN_DAYS : 0;
  const days = openDays + longestPathDays(sequence, startAt) + MARGIN_DAYS;
  return new Date(Math.ceil((startAt.getTime() + days * DAY_MS) / DAY_MS) * DAY_MS);
}

/** Whether its planned end has come: it has none while it stays open. */
export const isPastPlannedEnd = ({ plannedEndAt }: Pick<Activation, 'plannedEndAt'>, now: Date): boolean =>
  plannedEndAt !== null && plannedEndAt <= now;

/**
 * The last day (UTC) on which an activation runs for its vendor.
 * @param campaignLastOn the last day that the vendor set for the campaign, on which all of it ends; null: none.
 * @returns null: it has no end.
 */
export function lastDayOf(
  { plannedEndAt }: Pick<Activation, 'plannedEndAt'>,
  campaignLastOn: string | null,
): string | null {
  if (plannedEndAt === null) return campaignLastOn;
  const planned = new Date(plannedEndAt.getTime() - DAY_MS).toISOString().slice(0, 10);
  return campaignLastOn !== null && campaignLastOn < planned ? campaignLastOn : planned;
}

/** Why an activation is held, as its vendor may know it. */
type HeldReason = 'by the partner' | 'by the vendor' | 'recalled' | 'sending trouble';

/** An activation as its vendor sees it. */
export interface ActivationForVendor {
  readonly status: 'active' | 'held' | 'stopped' | 'over';
  readonly heldReason: HeldReason | null;
  /** Null unless it was stopped before its planned end. */
  readonly endedAt: Date | null;
}

/**
 * What a vendor sees of an activation at a moment. Nothing of it depends on the
 * contacts: an activation whose contacts have finished is active until its
 * planned end.
 * @param lacksConsent the partner has not agreed to all servers of the vendor.
 *   All its activations are then shown as held, also those whose contacts have
 *   finished: otherwise the vendor could ask by naming another server.
 */
export function forVendor(
  activation: Pick<
    Activation,
    'status' | 'statusReason' | 'plannedEndAt' | 'vendorStoppedAt' | 'vendorHeldAt' | 'recallId'
  >,
  now: Date,
  lacksConsent: boolean,
): ActivationForVendor {
  const { status, statusReason, vendorStoppedAt, vendorHeldAt, recallId } = activation;
  if (vendorStoppedAt !== null) return { status: 'stopped', heldReason: null, endedAt: vendorStoppedAt };
  if (isPastPlannedEnd(activation, now)) return { status: 'over', heldReason: null, endedAt: null };
  if (recallId !== null) return { status: 'held', heldReason: 'recalled', endedAt: null };
  if (vendorHeldAt !== null) return { status: 'held', heldReason: 'by the vendor', endedAt: null };
  if (status === 'held' && statusReason !== RELAY_CONSENT_MISSING) {
    const heldReason = statusReason === BY_PARTNER ? BY_PARTNER : 'sending trouble';
    return { status: 'held', heldReason, endedAt: null };
  }
  if (lacksConsent) return { status: 'held', heldReason: 'by the vendor', endedAt: null };
  return { status: 'active', heldReason: null, endedAt: null };
}
