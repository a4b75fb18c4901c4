import type { RETENTION_LIMITS } from '#contracts';

type Limits = typeof RETENTION_LIMITS;
type Bounds<Name extends keyof Limits> = Pick<Limits[Name], 'min' | 'max'>;

/**
 * Limits of the retention periods.
 * The type of `RETENTION_LIMITS` checks that the numbers are the same.
 */
export const limits: { readonly [Name in keyof Limits]: Bounds<Name> } = {
  inactiveContactMonths: { min: 6, max: 84 },
  importReportDays: { min: 7, max: 365 },
};
