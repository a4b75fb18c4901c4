/**
 * Legal bases for writing to a contact.
 * The last one blocks e-mails.
 */
export const CONSENT_BASES = ['customer', 'opt-in', 'legitimate-interest', 'unknown'] as const;
export type ConsentBasis = (typeof CONSENT_BASES)[number];
