import { DAY_MS } from '#kernel';

/**
 * One kind of numbers that a vendor is told. Costs are millionths of μ²
 * (Gaussian differential privacy: Dong, Roth and Su, 2019): the squared
 * distance that one person can move all numbers of 365 days, in standard
 * deviations of their noise.
 */
interface KindBudget {
  /** What a vendor may learn of one person in 365 days. */
  readonly perYear: number;
  /**
   * What keeps within it. `releases`: their number; each is reserved and has a
   * cost. `contributions`: a person counts in a bounded number of releases and
   * cells, however many releases there are; they cost nothing more.
   */
  readonly limitedBy: 'releases' | 'contributions';
  /** Maximum number of reservations that are not ready; null: no maximum. */
  readonly maxWaiting: number | null;
}

/** Forecasts of a vendor in 365 days. */
export const FORECASTS_PER_YEAR = 20;
/** One person moves a forecast by 1/7.8 standard deviations. */
export const FORECAST_SD_PER_DISTANCE = 7.8;
export const FORECAST_COST = Math.ceil(1_000_000 / FORECAST_SD_PER_DISTANCE ** 2);

/** A release of one number, which one person moves by at most one. */
interface SingleNumber {
  readonly perYear: number;
  /** Standard deviation of its noise, in people. */
  readonly sd: number;
  readonly cost: number;
}
const singleNumber = (perYear: number, sd: number): SingleNumber => ({
  perYear,
  sd,
  cost: Math.ceil(1_000_000 / sd ** 2),
});

/** How many contacts an update concerns. */
export const UPDATE_COUNTS = singleNumber(12, 60);
/** Whether too many contacts of updated campaigns have unsubscribed, before a share of an update begins. */
export const UPDATE_CHECKS = singleNumber(15, 70);

const ofReleases = ({ perYear, cost }: SingleNumber, maxWaiting: number | null): KindBudget => ({
  perYear: perYear * cost,
  limitedBy: 'releases',
  maxWaiting,
});
const ofContributions = (perYear: number): KindBudget => ({ perYear, limitedBy: 'contributions', maxWaiting: null });

/**
 * The budgets of a vendor by kind. Their sum is at most 1,000,000 (μ = 1): see
 * docs/privacy.md for how each follows from sd and contributions.
 */
export const BUDGETS = {
  forecast: { perYear: FORECASTS_PER_YEAR * FORECAST_COST, limitedBy: 'releases', maxWaiting: 6 },
  sent: ofContributions(106_667),
  bounced: ofContributions(38_400),
  responses: ofContributions(460_800),
  steps: ofContributions(58_800),
  'update-count': ofReleases(UPDATE_COUNTS, 6),
  'update-check': ofReleases(UPDATE_CHECKS, null),
} satisfies Record<string, KindBudget>;

export type ReleaseKind = keyof typeof BUDGETS;
export const RELEASE_KINDS = [
  'forecast',
  'sent',
  'bounced',
  'responses',
  'steps',
  'update-count',
  'update-check',
] as const satisfies ReleaseKind[];

/** One use of a budget. */
export interface BudgetUse {
  readonly cost: number;
  readonly at: Date;
}

/** How long a use counts. */
export const BUDGET_PERIOD_MS = 365 * DAY_MS;

export interface BudgetState {
  readonly perYear: number;
  readonly used: number;
  /** When this cost can be reserved; null: now. */
  readonly nextAt: Date | null;
}

/**
 * @param uses those of the last 365 days, oldest first.
 * @param cost of the next release, at most `perYear`.
 */
export function budgetState(perYear: number, uses: readonly BudgetUse[], cost: number): BudgetState {
  const used = uses.reduce((sum, use) => sum + use.cost, 0);
  let free = perYear - used;
  let nextAt: Date | null = null;
  for (const use of uses) {
    if (free >= cost) break;
    free += use.cost;
    nextAt = new Date(use.at.getTime() + BUDGET_PERIOD_MS);
  }
  return { perYear, used, nextAt };
}
