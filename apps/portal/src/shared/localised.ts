type Localised = Readonly<Record<string, string>>;

/** The locale that a text is read in: the reader's, else a near one (`de` for `de-AT`), else the first that there is. */
export function localeOf(text: Localised, language: string): string | undefined {
  if (text[language] !== undefined) return language;
  const locales = Object.keys(text);
  return locales.find((locale) => locale.split('-')[0] === language.split('-')[0]) ?? locales[0];
}

/** A text in the locale that {@link localeOf} finds; empty where there is none in any. */
export function localised(text: Localised, language: string): string {
  return text[localeOf(text, language) ?? ''] ?? '';
}
