import type { PASSWORD_MIN_CHARS } from '#contracts';

/**
 * Minimum password length in texts.
 * The portal imports only types of the contracts, so the type checks the number.
 */
export const passwordRule: { readonly least: typeof PASSWORD_MIN_CHARS } = { least: 12 };
