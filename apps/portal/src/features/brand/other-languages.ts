import type { BrandProfile } from '#contracts';

/**
 * Values for one language.
 * An empty value falls back to the default language.
 */
export interface BrandTranslation {
  readonly locale: string;
  readonly legalLine: string;
  readonly postalAddress: string;
  readonly contact: { readonly name: string; readonly title: string; readonly phone: string };
}

/** A translation without values. */
export const emptyTranslation = (locale: string): BrandTranslation => ({
  locale,
  legalLine: '',
  postalAddress: '',
  contact: { name: '', title: '', phone: '' },
});

/** Translations of a profile as form values. */
export const languagesOf = (locales: BrandProfile['locales']): readonly BrandTranslation[] =>
  Object.entries(locales)
    .map(([locale, own]) => {
      const empty = emptyTranslation(locale);
      return { ...empty, ...own, contact: { ...empty.contact, ...own.contact } };
    })
    .sort((a, b) => a.locale.localeCompare(b.locale, 'en'));

const written = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));

/**
 * Form values as the API takes them.
 * A language without values is left out.
 */
export const toLocales = (languages: readonly BrandTranslation[]): BrandProfile['locales'] =>
  Object.fromEntries(
    languages.flatMap(({ locale, contact, ...texts }) => {
      const [own, contactPerson] = [written(texts), written(contact)];
      const all = Object.keys(contactPerson).length === 0 ? own : { ...own, contact: contactPerson };
      return Object.keys(all).length === 0 ? [] : [[locale, all] as const];
    }),
  );
