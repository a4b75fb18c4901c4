/**
 * Tiers, regions and texts of attributes with the same key are one: "EMEA" and
 * "emea". As `organisations.trait_key` of the database.
 */
export const traitKey = (value: string): string => value.normalize('NFKC').trim().toLowerCase();
