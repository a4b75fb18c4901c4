import type { ChangeCost, CostField, CostView, NewCost } from '#contracts';
import { MAX_COST_DAYS } from '#contracts';
import { type CampaignId, DAY_MS, DomainError, type Id, type OrganisationId, type PartnerId } from '#kernel';
import type { DayWindow } from '../window.js';

export type CostId = Id<'cost'>;

/** What its owner pays for the days from `from` to `to`. */
export interface Cost extends DayWindow {
  readonly id: CostId;
  /** The vendor or partner that bears it. */
  readonly ownerId: OrganisationId;
  readonly description: string;
  readonly amount: CostView['amount'];
  readonly campaignId: CampaignId | null;
  readonly partnerId: PartnerId | null;
  readonly tactic: CostView['tactic'];
  readonly reference: string | null;
}

const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

/** @throws DomainError `cost.period`. */
export const newCost = (of: Pick<Cost, 'id' | 'ownerId'>, { to, ...input }: NewCost): Cost =>
  changedCost(
    { ...of, description: '', amount: input.amount, from: input.from, to: input.from, ...NOTHING },
    { ...input, to: to ?? input.from },
  );

const NOTHING = { campaignId: null, partnerId: null, tactic: null, reference: null } as const;

/**
 * The cost after a change. What the change does not name stays.
 * @throws DomainError `cost.period` if it ends before it begins, or has more
 *   than 1,100 days.
 */
export function changedCost(before: Cost, change: ChangeCost): Cost {
  const named = Object.fromEntries(Object.entries<unknown>(change).filter(([, value]) => value !== undefined));
  const after: Cost = { ...before, ...named };
  if (after.to < after.from)
    throw new DomainError(
      'cost.period',
      `The period ends on ${after.to}, before it begins on ${after.from}. Choose a last day that is not earlier.`,
      { field: 'to' },
    );
  if (daysIn(after) > MAX_COST_DAYS)
    throw new DomainError('cost.period', 'A cost covers at most three years. Enter one cost for each year.', {
      field: 'to',
    });
  return after;
}

const daysIn = ({ from, to }: DayWindow): number => numberOf(to) - numberOf(from) + 1;

/**
 * The part of a cost that falls into a window, by days, in the currency's
 * smallest unit. The parts of windows that follow each other add up to the cost.
 */
export function costWithin(cost: Cost, window: DayWindow): number {
  const days = daysIn(cost);
  const upTo = (end: number): number => {
    const passed = Math.min(Math.max(end - numberOf(cost.from) + 1, 0), days);
    return Number((BigInt(cost.amount.minorUnits) * BigInt(passed)) / BigInt(days));
  };
  return upTo(numberOf(window.to)) - upTo(numberOf(window.from) - 1);
}

/** The fields that differ between two states of a cost. */
export function changedCostFields(before: Cost, after: Cost): CostField[] {
  const same: Record<CostField, boolean> = {
    description: before.description === after.description,
    amount: before.amount.minorUnits === after.amount.minorUnits && before.amount.currency === after.amount.currency,
    period: before.from === after.from && before.to === after.to,
    campaign: before.campaignId === after.campaignId,
    partner: before.partnerId === after.partnerId,
    tactic: before.tactic === after.tactic,
    reference: before.reference === after.reference,
  };
  return (Object.keys(same) as CostField[]).filter((field) => !same[field]);
}
