import {
  type Amount,
  type ChangeDeal,
  type DealField,
  type DealStage,
  type LostReason,
  moneyText,
  OPEN_STAGES,
  type WithdrawalReason,
} from '#contracts';
import { type ActivationId, type ContactId, type DealId, DomainError, type LeadId, type PartnerId } from '#kernel';
import type { LeadStatus } from '../lead.js';

/** What a contact of a partner may buy, or has bought. */
export interface Deal {
  readonly id: DealId;
  readonly partnerId: PartnerId;
  /** Null: it came from a file, for a contact without a lead. */
  readonly leadId: LeadId | null;
  readonly contactId: ContactId;
  /** Of the lead. */
  readonly activationId: ActivationId | null;
  readonly externalId: string | null;
  readonly stage: DealStage;
  readonly amount: Amount | null;
  /** Taken back of the amount, in the currency's smallest unit. */
  readonly refundedMinor: number;
  /** `2026-11-17`. */
  readonly expectedOn: string | null;
  /** Null while it is open. */
  readonly closedOn: string | null;
  readonly products: readonly string[];
  readonly lostReason: LostReason | null;
  /** Of its partner. `fulfilled`: another partner sourced it. */
  readonly role: 'sourced' | 'fulfilled';
  /** Entered by mistake: no list, sum or share has it. Null: it counts. */
  readonly withdrawn: { readonly at: string; readonly by: string; readonly reason: WithdrawalReason } | null;
  /** One more with each change; 0: not stored yet. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A closing day is so many years ago at most. */
const MOST_YEARS = 10;

/** A deal before its first change. */
export const newDeal = (
  of: Pick<Deal, 'id' | 'partnerId' | 'leadId' | 'contactId' | 'activationId'>,
  at: Date,
): Deal => ({
  ...of,
  externalId: null,
  stage: 'qualified',
  amount: null,
  refundedMinor: 0,
  expectedOn: null,
  closedOn: null,
  products: [],
  lostReason: null,
  role: 'sourced',
  withdrawn: null,
  version: 0,
  createdAt: at,
  updatedAt: at,
});

export const isOpen = (stage: DealStage): boolean => (OPEN_STAGES as readonly string[]).includes(stage);

/**
 * Whether an open deal is past the day on which its decision was expected.
 * @param today `2026-11-17`, in the time zone of the partner.
 */
export const isOverdue = ({ stage, expectedOn }: Pick<Deal, 'stage' | 'expectedOn'>, today: string): boolean =>
  isOpen(stage) && expectedOn !== null && expectedOn < today;

/** What the status of a lead is while its deal has a stage. */
export function leadStatusOf(stage: DealStage): LeadStatus & ('working' | 'won' | 'lost') {
  return stage === 'won' || stage === 'lost' ? stage : 'working';
}

/**
 * The deal after a change. What the change does not name stays, except that an
 * open deal has no day of closing, and only a lost one a reason.
 * @param today `2026-11-17`, in the time zone of the partner: the day of closing unless the change has one.
 * @throws DomainError `deal.closed-later`, `deal.closed-early`, `deal.lost-reason`, `deal.refunded`.
 */
export function changedDeal(before: Deal, change: ChangeDeal, today: string): Deal {
  const stage = change.stage ?? before.stage;
  const amount = change.amount === undefined ? before.amount : change.amount;
  checkClosed(stage, change, today);
  if (change.closedOn !== before.closedOn) checkNotTooOld(change, today);
  checkRefunded(before, amount, stage);
  const closedOn = change.closedOn ?? (stage === before.stage ? before.closedOn : null) ?? today;
  const lostReason = change.lostReason === undefined ? before.lostReason : change.lostReason;
  return {
    ...before,
    stage,
    amount,
    externalId: change.externalId === undefined ? before.externalId : change.externalId,
    expectedOn: change.expectedOn === undefined ? before.expectedOn : change.expectedOn,
    closedOn: isOpen(stage) ? null : closedOn,
    products: change.products ?? before.products,
    lostReason: stage === 'lost' ? lostReason : null,
  };
}

function checkClosed(stage: DealStage, { closedOn, lostReason }: ChangeDeal, today: string): void {
  if (closedOn !== undefined && (isOpen(stage) || closedOn > today))
    throw new DomainError(
      'deal.closed-later',
      isOpen(stage)
        ? 'Only a won or lost deal has a day of closing. Set the stage to won or lost, or leave the day out.'
        : `The deal cannot close on ${closedOn}, which is in the future. Use the expected day instead.`,
      { field: 'closedOn', closedOn, stage },
    );
  if (lostReason != null && stage !== 'lost')
    throw new DomainError(
      'deal.lost-reason',
      `Only a lost deal has a reason for it, and this one is ${stage}. Set the stage to lost, or leave the reason out.`,
      { field: 'lostReason', stage },
    );
}

/** A wrong year would make all results since the start as long. */
function checkNotTooOld({ closedOn }: ChangeDeal, today: string): void {
  const first = `${Number(today.slice(0, 4)) - MOST_YEARS}${today.slice(4)}`;
  if (closedOn === undefined || closedOn >= first) return;
  throw new DomainError(
    'deal.closed-early',
    `The deal cannot close on ${closedOn}, more than ${MOST_YEARS} years ago. Correct the year, or leave such an old deal out.`,
    { field: 'closedOn', closedOn },
  );
}

/** Refunds were given in the currency of the amount, and out of it. */
function checkRefunded({ refundedMinor, amount: before }: Deal, amount: Amount | null, stage: DealStage): void {
  if (refundedMinor === 0) return;
  const isEnough = amount !== null && amount.currency === before?.currency && amount.minorUnits >= refundedMinor;
  if (isEnough && stage === 'won') return;
  throw new DomainError(
    'deal.refunded',
    'Part of this deal was refunded. It stays won, in its currency, and with at least the refunded amount.',
    { field: stage === 'won' ? 'amount' : 'stage', refundedMinor },
    { kind: 'conflict' },
  );
}

/**
 * The deal with one more refund.
 * @throws DomainError `deal.not-won`; `deal.no-amount`; `deal.refund` if it is more than what is left.
 */
export function refundedDeal(before: Deal, minorUnits: number): Deal {
  const { stage, amount, refundedMinor } = before;
  if (stage !== 'won')
    throw new DomainError(
      'deal.not-won',
      `This deal is ${stage}: only a won deal has refunds. Set its stage to won first.`,
      { field: 'stage', stage },
      { kind: 'conflict' },
    );
  if (amount === null)
    throw new DomainError(
      'deal.no-amount',
      'This deal has no amount that could be refunded. Enter its amount first.',
      { field: 'amount' },
      { kind: 'conflict' },
    );
  const left = { ...amount, minorUnits: amount.minorUnits - refundedMinor };
  if (minorUnits > left.minorUnits)
    throw new DomainError(
      'deal.refund',
      `The refund is more than what is left of the deal. Refund at most ${moneyText('en', left)}.`,
      { field: 'minorUnits', ...left },
      { kind: 'conflict' },
    );
  return { ...before, refundedMinor: refundedMinor + minorUnits };
}

/**
 * What was withdrawn never changes: the same deal would be in sums before and after, and not in those between.
 * @throws DomainError `deal.withdrawn`.
 */
export function requireNotWithdrawn({ withdrawn }: Deal): void {
  if (withdrawn === null) return;
  throw new DomainError(
    'deal.withdrawn',
    `${withdrawn.by} withdrew this deal, because it was entered by mistake. It cannot be changed. If it is right after all, enter it again.`,
    { by: withdrawn.by },
    { kind: 'conflict' },
  );
}

/** Two deals of one number would be one at the next import. */
export const externalIdTaken = (externalId: string, cause?: unknown): DomainError =>
  new DomainError(
    'deal.external-id',
    `Another deal has the number “${externalId}” already. Each deal needs one of its own.`,
    { field: 'externalId', externalId },
    { kind: 'conflict', cause },
  );

const isSameAmount = (one: Amount | null, other: Amount | null): boolean =>
  one?.minorUnits === other?.minorUnits && one?.currency === other?.currency;

/** The fields that differ between two states of a deal. */
export function changedFields(before: Pick<Deal, DealField>, after: Pick<Deal, DealField>): DealField[] {
  const same: Record<DealField, boolean> = {
    externalId: before.externalId === after.externalId,
    stage: before.stage === after.stage,
    amount: isSameAmount(before.amount, after.amount),
    expectedOn: before.expectedOn === after.expectedOn,
    closedOn: before.closedOn === after.closedOn,
    products: before.products.join('\n') === after.products.join('\n'),
    lostReason: before.lostReason === after.lostReason,
  };
  return (Object.keys(same) as DealField[]).filter((field) => !same[field]);
}
