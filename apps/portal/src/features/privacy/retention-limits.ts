import type { RETENTION_LIMITS } from '#contracts';

type Limits = typeof RETENTION_LIMITS;
type Bounds<Name extends keyof Limits> = Pick<Limits[Name], 'min' | 'max'>;

/**
 * Limits of the periods.
 * The type of the constants in the contracts checks the numbers.
 */
export const limits: { readonly [Name in keyof Limits]: Bounds<Name> } = {
  inactiveContactMonths: { min: 6, max: 84 },
  importReportDays: { min: 7, max: 365 },
};
