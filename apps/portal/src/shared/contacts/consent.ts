/** On what basis a partner may write to somebody; the last one holds the mail. */
export const CONSENT_BASES = ['customer', 'opt-in', 'legitimate-interest', 'unknown'] as const;
export type ConsentBasis = (typeof CONSENT_BASES)[number];
