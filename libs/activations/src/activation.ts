import {
  type ActivationId,
  type CampaignId,
  type CampaignVersionId,
  type ContactId,
  type ContactListId,
  DomainError,
  type Locale,
  type PartnerActor,
  type PartnerId,
  type VendorId,
} from '#kernel';
import type { SlotNodes } from '#rendering';
import {
  type LeadTightening,
  type PartnerCalendar,
  type PartnerChoices,
  type Postponement,
  withCalendar,
} from '#sequencing';

/** Where an activation can go from where it is. */
const NEXT = {
  active: ['held', 'completed', 'stopped'],
  held: ['active', 'stopped'],
  completed: [],
  stopped: [],
} as const satisfies Record<string, readonly string[]>;

export type ActivationStatus = keyof typeof NEXT;

/** A partner's running copy of a campaign version. */
export interface Activation {
  readonly id: ActivationId;
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  readonly campaignId: CampaignId;
  readonly versionId: CampaignVersionId;
  readonly listId: ContactListId;
  readonly status: ActivationStatus;
  readonly statusReason: string | null;
  /** Stands in the address of its landing page. */
  readonly slug: string;
  readonly locale: Locale;
  readonly timeZone: string;
  /** Whose zone it is: the partner's, or where that has none, the campaign's. */
  readonly timeZoneSource: 'activation' | 'vendor';
  readonly startAt: Date;
  readonly slots: Readonly<Record<string, SlotNodes>>;
  readonly choices: PartnerChoices;
  readonly launchedBy: string;
  readonly launchedAt: Date;
  readonly enrolledAt: Date | null;
  /** Since when it is held; null where it is not. */
  readonly heldAt: Date | null;
  /** What its partner has put off, in its order. */
  readonly postponements: readonly Postponement[];
  readonly endedAt: Date | null;
}

/** All that its partner has said: at the launch, since then, and of all of its campaigns. */
export const choicesWith = (
  { choices, postponements }: Pick<Activation, 'choices' | 'postponements'>,
  calendar: PartnerCalendar,
): PartnerChoices => ({ ...withCalendar(choices, calendar), postponements });

/** Whom a partner's campaign has reached before, in whatever version and activation; the floor above knows. */
export interface ReachedBefore {
  reachedAmong(
    actor: PartnerActor,
    partnerId: PartnerId,
    campaignId: CampaignId,
    contactIds: readonly ContactId[],
    /** What they got before this does not count; null: all does. */
    forgottenBefore: Date | null,
  ): Promise<ReadonlySet<ContactId>>;
}

/** Whether something of an activation has gone out or may have; the floor above knows. */
export interface SentCheck {
  /** Joins the open transaction. */
  hasGoneOut(actor: PartnerActor, activationId: ActivationId): Promise<boolean>;
}

/** What a partner makes stricter of who counts as a lead, with who writes it down in the open transaction: the floor above knows the rule. */
export interface OwnLeadRule {
  readonly rule: LeadTightening;
  readonly by: {
    /** @throws DomainError `lead-rule.looser`. */
    makeStricter(actor: PartnerActor, activationId: ActivationId, rule: LeadTightening): Promise<unknown>;
  };
}

/** @throws DomainError `activation.state` when the way is not open. */
export function checkMove(from: ActivationStatus, to: ActivationStatus): void {
  if ((NEXT[from] as readonly string[]).includes(to)) return;
  throw new DomainError(
    'activation.state',
    `This activation is ${from}; it cannot become ${to}.`,
    { from, to },
    { kind: 'conflict' },
  );
}

export const isOver = (status: ActivationStatus): boolean => NEXT[status].length === 0;
