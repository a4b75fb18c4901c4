import type { RETENTION_LIMITS } from '#contracts';

type Limits = typeof RETENTION_LIMITS;
type Bounds<Name extends keyof Limits> = Pick<Limits[Name], 'min' | 'max'>;

/** Within which a partner may choose. The portal takes types only from the contracts: other numbers do not compile. */
export const limits: { readonly [Name in keyof Limits]: Bounds<Name> } = {
  inactiveContactMonths: { min: 6, max: 84 },
  importReportDays: { min: 7, max: 365 },
};
