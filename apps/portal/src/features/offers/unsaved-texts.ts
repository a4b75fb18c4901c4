/** Lines by slot. */
export type Lines = Readonly<Record<string, string>>;

type ByLocale = Readonly<Record<string, Lines>>;

/** What the server does not have yet in one language. */
export interface UnsavedTexts {
  readonly locale: string;
  readonly texts: Lines;
}

/** In all languages: a choice or a link is written in each of them. */
export const unsavedTexts = (byLocale: ByLocale): UnsavedTexts[] =>
  Object.entries(byLocale).flatMap(([locale, texts]) => (Object.keys(texts).length === 0 ? [] : [{ locale, texts }]));

/** Without what was saved, unless it was changed since it was sent. */
export const withoutSaved = (byLocale: ByLocale, saved: UnsavedTexts): ByLocale => ({
  ...byLocale,
  [saved.locale]: Object.fromEntries(
    Object.entries(byLocale[saved.locale] ?? {}).filter(([name, lines]) => saved.texts[name] !== lines),
  ),
});
