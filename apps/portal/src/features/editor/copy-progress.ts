import { hasBuiltInText, untranslatedIn } from '#contracts';
import type { CopyRow } from './copy-table';

/**
 * Keys of the texts that each language lacks: it has no text, or the text of the
 * first language. Labels of forms that the product has in the language may be
 * left out.
 */
export function missingTexts(
  rows: readonly CopyRow[],
  locales: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const copyOf = (locale: string) => ({
    locale,
    texts: Object.fromEntries(
      rows.flatMap(({ key, texts }) => (texts[locale] == null ? [] : [[key, texts[locale]] as const])),
    ),
  });
  const [first = ''] = locales;
  const source = copyOf(first);
  return new Map(
    locales.map((locale) => {
      const isUntranslated = locale === first ? () => false : untranslatedIn(source, copyOf(locale));
      const isMissing = ({ key, texts }: CopyRow): boolean =>
        texts[locale] == null ? !hasBuiltInText(locale, key) : isUntranslated(key);
      return [locale, new Set(rows.filter(isMissing).map(({ key }) => key))];
    }),
  );
}
