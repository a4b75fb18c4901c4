import {
  type ActivationId,
  type CampaignId,
  type CampaignVersionId,
  DAY_MS,
  DomainError,
  type Id,
  type PartnerId,
  type VendorId,
} from '#kernel';
import { partnersOfShare } from '../waves/wave.js';
import type { SlotTexts } from '../branding/slot-texts.js';

export type VersionUpdateId = Id<'version-update'>;

/** What becomes of activations that run an earlier version. */
type UpdateChoice = 'take-over' | 'finish' | 'stop';

/** What a vendor decides about the activations that run earlier versions. */
export interface UpdateDecision {
  readonly choice: UpdateChoice;
  /** Shares of the partners in percent, rising; the last one is 100. */
  readonly shares: readonly number[];
  readonly daysBetween: number;
  /** No further share begins if the sending of more of the updated partners is stopped; null: no rule. */
  readonly mostStoppedPartners: number | null;
  /**
   * Nor if surely more of the contacts that updated activations wrote to have
   * unsubscribed, in thousandths; null: no rule.
   */
  readonly mostUnsubscribedPerMille: number | null;
  /** What partners read whose campaigns are stopped; null unless they are. */
  readonly reason: string | null;
}

/** Which stop rule keeps the next share of an update from beginning. */
export type HeldFor = 'stopped-partners' | 'unsubscribes';

/** A decision, and how far it is. */
export interface VersionUpdate extends UpdateDecision {
  readonly id: VersionUpdateId;
  readonly vendorId: VendorId;
  readonly campaignId: CampaignId;
  readonly versionId: CampaignVersionId;
  readonly versionNumber: number;
  /** Shares that have begun. */
  readonly begun: number;
  readonly begunAt: Date | null;
  /** Since when its rule keeps further shares from beginning, and how many partners were stopped. */
  readonly heldAt: Date | null;
  readonly stoppedPartners: number | null;
  readonly heldFor: HeldFor | null;
  readonly decidedBy: string;
  readonly decidedAt: Date;
  readonly rolledBackAt: Date | null;
  readonly rolledBackBy: string | null;
}

/**
 * `returns`: it is to be rolled back. `refused`: the activation cannot be
 * updated, and keeps its version.
 */
export type UpdateState = 'waiting' | 'asks-partner' | 'refused' | 'done' | 'over' | 'returns' | 'rolled-back';

/** Why an activation keeps its version. */
export type UpdateRefusal = 'language-gone' | 'brand-incomplete' | 'version-ended' | 'not-possible';

/** One activation in an update. */
export interface ActivationUpdate {
  readonly updateId: VersionUpdateId;
  readonly activationId: ActivationId;
  readonly partnerId: PartnerId;
  readonly versionId: CampaignVersionId;
  readonly state: UpdateState;
  /** Slots that its partner must decide on. */
  readonly openSlots: readonly string[];
  readonly refusal: UpdateRefusal | null;
  readonly answers: SlotTexts;
  readonly fromEdition: number | null;
  readonly toEdition: number | null;
}

/**
 * @throws DomainError `update.shares` unless the shares rise to 100,
 *   `update.reason-missing` for a stop that says nothing to partners.
 */
export function requireDecision({ choice, shares, reason }: UpdateDecision): void {
  const rises = shares.every((share, at) => share > (shares[at - 1] ?? 0));
  if (!rises || shares.at(-1) !== 100)
    throw new DomainError('update.shares', 'The shares of partners must rise, and the last one must be 100 %.', {
      field: 'shares',
    });
  if (choice === 'stop' && (reason ?? '').trim() === '')
    throw new DomainError('update.reason-missing', 'Say why you stop the campaigns: your partners read it.', {
      field: 'reason',
    });
}

/** With which share each partner begins, from 1. Random, and the same for all campaigns of a partner. */
export function sharesOf(
  partnerIds: readonly PartnerId[],
  versionId: CampaignVersionId,
  shares: readonly number[],
): ReadonlyMap<PartnerId, number> {
  const beginsWith = new Map<PartnerId, number>();
  for (const [at, percent] of shares.entries())
    for (const id of partnersOfShare(partnerIds, versionId, percent))
      if (!beginsWith.has(id)) beginsWith.set(id, at + 1);
  return beginsWith;
}

/** When its next share may begin; null: all have begun, or its rule holds it. */
export function nextShareAt({ begun, begunAt, shares, daysBetween, heldAt }: VersionUpdate): Date | null {
  if (begun >= shares.length || heldAt !== null) return null;
  return begunAt === null ? new Date(0) : new Date(begunAt.getTime() + daysBetween * DAY_MS);
}
