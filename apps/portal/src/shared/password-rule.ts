import type { PASSWORD_MIN_CHARS } from '#contracts';

/**
 * Minimum password length in texts.
 * The type of the constant in the contracts checks the number.
 */
export const passwordRule: { readonly least: typeof PASSWORD_MIN_CHARS } = { least: 15 };
