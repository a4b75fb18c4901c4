import {
  type ActivationId,
  type CampaignId,
  type CampaignVersionId,
  DomainError,
  type Locale,
  type PartnerActor,
  type PartnerId,
  type VendorId,
} from '#kernel';
import type { RecallId } from '#campaigns';
import type { LaunchLists } from '#contacts';
import type { SlotNodes } from '#rendering';
import { type PartnerCalendar, type PartnerChoices, type Postponement, withCalendar } from '#sequencing';

/** Where an activation can go from where it is. */
const NEXT = {
  active: ['held', 'completed', 'stopped'],
  held: ['active', 'stopped'],
  completed: [],
  stopped: [],
} as const satisfies Record<string, readonly string[]>;

export type ActivationStatus = keyof typeof NEXT;

/** What its vendor has done with an activation. */
export interface VendorActs {
  /** When it was stopped for its vendor; null: it was not. */
  readonly vendorStoppedAt: Date | null;
  /** By whom and why its vendor stopped it alone; null: it did not. */
  readonly vendorStoppedBy: string | null;
  readonly vendorStopReason: string | null;
  /** Since when, by whom and why its vendor holds it; null: it does not. */
  readonly vendorHeldAt: Date | null;
  readonly vendorHeldBy: string | null;
  readonly vendorHoldReason: string | null;
  /** The recall that holds all of it; null: none does. */
  readonly recallId: RecallId | null;
}

/** A partner's running copy of a campaign version. */
export interface Activation extends VendorActs {
  readonly id: ActivationId;
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  readonly campaignId: CampaignId;
  readonly versionId: CampaignVersionId;
  /** Empty for a vendor: its partner's lists are the partner's own. */
  readonly lists: LaunchLists;
  /**
   * New contacts may enter at any time: it does not end when all contacts have
   * finished.
   */
  readonly staysOpen: boolean;
  readonly status: ActivationStatus;
  readonly statusReason: string | null;
  /** Part of its landing page's URL. */
  readonly slug: string;
  readonly locale: Locale;
  readonly timeZone: string;
  /**
   * Whose zone it is: the partner's, or where that has none, the campaign's.
   */
  readonly timeZoneSource: 'activation' | 'vendor';
  readonly startAt: Date;
  readonly slots: Readonly<Record<string, SlotNodes>>;
  readonly choices: PartnerChoices;
  readonly launchedBy: string;
  readonly launchedAt: Date;
  readonly enrolledAt: Date | null;
  /** Since when it is held; null: not held. */
  readonly heldAt: Date | null;
  /** What its partner has put off, in its order. */
  readonly postponements: readonly Postponement[];
  readonly endedAt: Date | null;
  /** When it is over for its vendor, see `plannedEndOf`; null: it stays open. */
  readonly plannedEndAt: Date | null;
  /** Which of its states it runs, from 1; an update makes another one. */
  readonly edition: number;
  /** How many states it has had. */
  readonly editions: number;
}

/**
 * All choices of its partner: at the launch, since then, and for all campaigns.
 */
export const choicesWith = (
  { choices, postponements }: Pick<Activation, 'choices' | 'postponements'>,
  calendar: PartnerCalendar,
): PartnerChoices => ({ ...withCalendar(choices, calendar), postponements });

/**
 * Whether a message of an activation was sent or may have been.
 * A higher lib implements it.
 */
export interface SentCheck {
  /** Joins the open transaction. */
  hasSent(actor: PartnerActor, activationId: ActivationId): Promise<boolean>;
}

/** Whether the life cycle has this change. */
export const canMove = (from: ActivationStatus, to: ActivationStatus): boolean =>
  (NEXT[from] as readonly ActivationStatus[]).includes(to);

/** Why another change is not possible, and what is. */
const NOT_POSSIBLE: Readonly<Record<ActivationStatus, string>> = {
  active: 'This campaign runs. Hold or stop it.',
  held: 'This campaign is held. Resume or stop it.',
  completed: 'This campaign is over: all of its contacts have finished. Launch it again to reach others.',
  stopped: 'This campaign was stopped, so it cannot go on. Launch it again.',
};

/** @throws DomainError `activation.state` when the way is not open. */
export function checkMove(from: ActivationStatus, to: ActivationStatus): void {
  if (canMove(from, to)) return;
  throw new DomainError(
    'activation.state',
    from === to ? `This campaign is ${from} already.` : NOT_POSSIBLE[from],
    { from, to },
    { kind: 'conflict' },
  );
}

export const isOver = (status: ActivationStatus): boolean => NEXT[status].length === 0;
