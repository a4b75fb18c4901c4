type Localised = Readonly<Record<string, string>>;

/**
 * The locale of a text for a user: the exact one, else the same language (`de`
 * for `de-AT`), else the first.
 */
export function localeOf(text: Localised, language: string): string | undefined {
  if (text[language] !== undefined) return language;
  const locales = Object.keys(text);
  return locales.find((locale) => locale.split('-')[0] === language.split('-')[0]) ?? locales[0];
}

/** A text in the locale that {@link localeOf} finds; empty if there is none. */
export function localised(text: Localised, language: string): string {
  return text[localeOf(text, language) ?? ''] ?? '';
}
