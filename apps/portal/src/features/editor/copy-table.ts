import { isMap } from 'yaml';
import { changeYaml, readYaml, textsOf, type YamlPath } from './yaml-file';

/** One text in all languages; null where a language lacks it. */
export interface CopyRow {
  readonly key: string;
  readonly path: YamlPath;
  readonly texts: Readonly<Record<string, string | null>>;
}

export interface CopyTable {
  readonly rows: readonly CopyRow[];
  /** Languages with an unreadable catalogue, and the line of the error. */
  readonly broken: readonly { readonly locale: string; readonly line: number }[];
}

export const catalogueOf = (locale: string): string => `locales/${locale}.yaml`;

/**
 * Catalogues side by side, in the order of the first.
 * Texts that are missing in the first come last.
 */
export function copyTable(catalogues: Readonly<Record<string, string>>): CopyTable {
  const locales = Object.keys(catalogues);
  const rows = new Map<string, { path: YamlPath; texts: Record<string, string | null> }>();
  const broken: { locale: string; line: number }[] = [];
  for (const [locale, text] of Object.entries(catalogues)) {
    const file = readYaml(text);
    if (!file.ok) {
      broken.push({ locale, line: file.line });
      continue;
    }
    for (const { path, text: words } of textsOf(file.document)) {
      const key = path.join('.');
      const row = rows.get(key) ?? { path, texts: Object.fromEntries(locales.map((tag) => [tag, null])) };
      row.texts[locale] = words;
      rows.set(key, row);
    }
  }
  return { rows: [...rows].map(([key, row]) => ({ key, ...row })), broken };
}

/**
 * A catalogue with one changed text.
 * A missing text is added at the end of its group.
 */
export const writeCopy = (catalogue: string, path: YamlPath, text: string): string =>
  changeYaml(catalogue, (document) => document.setIn(path, text));

/**
 * Keys of the texts that become one line of a message: subjects.
 * @param campaignYaml nothing is known from an unreadable one.
 */
export function subjectKeys(campaignYaml: string): ReadonlySet<string> {
  const file = readYaml(campaignYaml);
  const emails = file.ok ? file.document.get('emails') : null;
  const all = isMap(emails) ? emails.items.map(({ value }) => (isMap(value) ? value.get('subject') : null)) : [];
  return new Set(all.filter((key) => typeof key === 'string'));
}
