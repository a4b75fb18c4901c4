/** A text in the reader's language, else in a near one (`de` for `de-AT`), else in the first that there is. */
export function localised(text: Readonly<Record<string, string>>, language: string): string {
  const near = Object.keys(text).find((locale) => locale.split('-')[0] === language.split('-')[0]);
  return text[language] ?? (near === undefined ? undefined : text[near]) ?? Object.values(text)[0] ?? '';
}
