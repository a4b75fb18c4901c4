import type { Amount, DealRole, DealStage } from '#contracts';
import { type ActivationId, type DealId, DomainError, type Id, type PartnerId, type VendorId } from '#kernel';
import type { Deal } from './deal.js';

export type DealShareId = Id<'deal-share'>;

/** An organisation of a share: the vendor or partner that sees the deal now, or the partner whose deal it is. */
export type DealShareReader = 'vendor' | 'participant' | 'owner';

/** A share, and the organisations that it concerns. */
export interface SharedBetween {
  readonly id: DealShareId;
  readonly dealId: DealId;
  /** Whose deal it is. */
  readonly partnerId: PartnerId;
  /** Of its campaign. */
  readonly vendorId: VendorId;
  /** Null: it is shown to the vendor. */
  readonly role: DealRole | null;
  /** Null: the vendor, or an invitation. */
  readonly participantId: PartnerId | null;
  /** Whether the vendor sees the row. */
  readonly vendorSees: boolean;
}

/** Who sees a deal, as its partner sees it. */
export interface DealShare {
  readonly id: DealShareId;
  /** Null: the vendor. */
  readonly role: DealRole | null;
  /** Null: the vendor, or not accepted yet. */
  readonly participantName: string | null;
  readonly name: string;
  readonly sharedBy: string;
  readonly sharedAt: Date;
  /** Null: the vendor, or not accepted yet. */
  readonly acceptedAt: Date | null;
}

/** The shares of a deal, and whether its partner is in the programme of its vendor now. */
export interface SharesOfDeal {
  readonly shares: readonly DealShare[];
  readonly isInProgramme: boolean;
}

/** A share as it was stored. */
export type MadeShare = DealShare & SharedBetween;

/** A deal of another partner, as a participant sees it. */
export interface SharedDeal {
  readonly id: DealShareId;
  readonly partnerName: string;
  readonly role: DealRole;
  readonly name: string;
  readonly stage: DealStage;
  readonly amount: Amount | null;
  readonly refundedMinor: number;
  readonly expectedOn: string | null;
  readonly closedOn: string | null;
  readonly acceptedAt: Date;
}

/** Columns of `SharedBetween`. */
export const BETWEEN = 'id, deal_id, partner_id, vendor_id, role, participant_id, vendor_sees';
/** Columns of `DealShare`. */
export const SHARE = 'id, role, participant_name, name, shared_by, shared_at, accepted_at';
/** The copy of a deal, of the row `s`. */
export const SHARED_COPY = `s.name, s.stage, CASE WHEN s.amount_minor IS NULL THEN NULL
    ELSE jsonb_build_object('minorUnits', s.amount_minor, 'currency', s.currency) END AS amount,
  s.refunded_minor::float8 AS refunded_minor, s.expected_on::text, s.closed_on::text`;
/** Columns of `SharedDeal`, of the row `s`. */
export const SHARED_DEAL = `s.id, s.partner_name, s.role, ${SHARED_COPY}, s.accepted_at`;

/**
 * The launch whose vendor and programme see a deal.
 * @throws DomainError `deal-share.no-campaign`.
 */
export function campaignOf({ id, activationId }: Deal): ActivationId {
  if (activationId !== null) return activationId;
  throw new DomainError(
    'deal-share.no-campaign',
    'This deal belongs to no lead of a campaign, so it has no vendor and no programme. Add the deal to a lead to share it.',
    { dealId: id },
    { kind: 'conflict' },
  );
}

/** By a unique index: to the vendor or partner twice, or a second partner that sourced the deal. */
export const alreadyShared = (cause: unknown): DomainError =>
  new DomainError(
    'deal-share.exists',
    'This deal is shared in this way already, or another partner is the one that sourced it. Stop sharing that first.',
    {},
    { kind: 'conflict', cause },
  );
