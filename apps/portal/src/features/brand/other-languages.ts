import type { BrandProfile } from '#contracts';

/** What reads otherwise in one language; empty where it reads as everywhere. */
export interface InLanguage {
  readonly locale: string;
  readonly legalLine: string;
  readonly postalAddress: string;
}

/** The languages of a profile as a form has them. */
export const languagesOf = (locales: BrandProfile['locales']): readonly InLanguage[] =>
  Object.entries(locales)
    .map(([locale, { legalLine = '', postalAddress = '' }]) => ({ locale, legalLine, postalAddress }))
    .sort((a, b) => a.locale.localeCompare(b.locale, 'en'));

/** The same as the API takes them; a language in which nothing reads otherwise is none. */
export const localesOf = (languages: readonly InLanguage[]): BrandProfile['locales'] =>
  Object.fromEntries(
    languages.flatMap(({ locale, ...own }) => {
      const written = Object.entries(own).filter(([, text]) => text.trim() !== '');
      return written.length === 0 ? [] : [[locale, Object.fromEntries(written)] as const];
    }),
  );
