import type { PASSWORD_MIN_CHARS } from '#contracts';

/** What the screens say of a new password. The portal takes types only from the contracts: another number does not compile. */
export const passwordRule: { readonly least: typeof PASSWORD_MIN_CHARS } = { least: 12 };
