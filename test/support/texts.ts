/** Every text of a JSON file of texts by its dotted key. */
export const flatTexts = (texts: object, prefix = ''): [key: string, text: string][] =>
  Object.entries(texts).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' ? [[prefix + name, value]] : flatTexts(value as object, `${prefix}${name}.`),
  );

const PLURAL = /_(?:zero|one|two|few|many|other)$/;
const placeholdersOf = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name = '']) => name).filter((name) => name !== 'count');

/**
 * Keys without their plural ending, each with the placeholders of all its
 * forms. `count` may be missing in a singular.
 */
export function messagesOf(texts: object): Record<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const [key, text] of flatTexts(texts)) {
    const message = key.replace(PLURAL, '');
    found.set(message, new Set([...(found.get(message) ?? []), ...placeholdersOf(text)]));
  }
  return Object.fromEntries([...found].map(([key, names]) => [key, [...names].sort()]));
}

/** Plural messages without one of the forms that the language has. */
export function incompletePlurals(texts: object, language: string): string[] {
  const keys = new Set(flatTexts(texts).map(([key]) => key));
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return [...keys]
    .filter((key) => key.endsWith('_other'))
    .map((key) => key.replace(PLURAL, ''))
    .filter((message) => !forms.every((form) => keys.has(`${message}_${form}`)));
}
