/** Dates of a contact. Campaigns of vendors name them, so every partner has the same. */
export const CONTACT_DATES = ['renewsOn', 'warrantyEndsOn', 'trialEndsOn', 'purchasedOn'] as const;
export type ContactDate = (typeof CONTACT_DATES)[number];

const DATES: ReadonlySet<string> = new Set(CONTACT_DATES);
export const isContactDate = (field: string): field is ContactDate => DATES.has(field);
