import { keysIn, levelOf, type SourceElement, textReference } from '#template-source';
import type { LibraryAsset } from '#contracts';
import { catalogueOf } from '../copy-table';
import { type Act, type Template, inserted, sourceOf, withOtherNames } from './acts';
import { asHtml } from './as-html';
import { copyOf, freshKey, type Texts, withCopy } from './email-copy';
import { placeForMarkup } from './palette-blocks';

type Content = LibraryAsset['content'];

/** Elements that stand in a row of their own. The rest is content of a column. */
const ROWS = /^<(?:mj-section|mj-wrapper|mj-hero|mj-raw|tc-lock|section|header|footer|article)\b/;
const COLUMNS = /^<(?:mj-column|mj-group)\b/;
const PICTURE = /(\b(?:src|background-url)="|\burl\(["']?)(images\/[^"'{}()]+)/g;

/** Paths of the pictures that a block shows. */
export const picturesIn = (markup: string): string[] => [
  ...new Set([...markup.matchAll(PICTURE)].map(([, , path = '']) => path)),
];

/** E-mails and pages have different elements. One of ours alone, as a slot, can stand in both. */
export function canStandIn(kind: Template['kind'], markup: string): boolean {
  if (/<mj-/.test(markup)) return kind === 'email';
  return kind === 'page' || markup.trimStart().startsWith('<tc-');
}

/** The markup of a block. A column gets the row that it needs elsewhere. */
export function markupOf(template: Template, block: SourceElement): string {
  const markup = sourceOf(template).slice(block.start, block.end);
  return levelOf(block) === 'column' ? `<mj-section>\n${markup}\n</mj-section>` : markup;
}

/** The texts of a block in all languages of its campaign: language → key → text. */
export function copyOfBlock(template: Template, markup: string): NonNullable<Content['copy']> {
  const keys = [...new Set(keysIn(markup).map(({ key }) => key))];
  const copy: Record<string, Record<string, string>> = {};
  for (const locale of template.locales) {
    const known = copyOf(template.texts, locale);
    const texts = keys.flatMap((key) => (known.has(key) ? [[key, known.get(key) ?? ''] as const] : []));
    if (texts.length > 0) copy[locale] = Object.fromEntries(texts);
  }
  return copy;
}

/**
 * Inserts a saved block after the selected one. Its texts get keys of their own;
 * a language that the block does not have stays without them, as of any new text.
 * @param paths of its pictures in this campaign, by path in the block.
 */
export function withSavedBlock(
  template: Template,
  { markup = '', copy = {} }: Content,
  paths: ReadonlyMap<string, string>,
  selected: SourceElement | null,
): Act | null {
  const keys = new Map<string, string>();
  for (const { key } of keysIn(markup))
    if (!keys.has(key))
      keys.set(key, freshKey(template.texts, template.locales, `${template.key}.block`, [...keys.values()]));
  const withKeys = keysIn(markup).reduceRight(
    (text, { key, from, to }) => text.slice(0, from) + textReference(keys.get(key) ?? key) + text.slice(to),
    markup,
  );
  const shown = withKeys.replaceAll(PICTURE, (_whole, open: string, path: string) => open + (paths.get(path) ?? path));
  const own = withOtherNames(template, shown);
  if (!canStandIn(template.kind, own)) return null;
  const level = ROWS.test(own.trimStart()) || COLUMNS.test(own.trimStart()) ? 'section' : 'content';
  const at = placeForMarkup(sourceOf(template), selected, level, own.trim(), template.kind === 'email');
  const made = at === null ? null : inserted(template, at.place, at.markup);
  return made === null ? null : { ...made, texts: { ...made.texts, ...newTexts(template, copy, keys) } };
}

/** Inserts a text of the library, in each language that it has, as a paragraph. */
export function withSavedText(
  template: Template,
  texts: Readonly<Record<string, string>>,
  selected: SourceElement | null,
) {
  const copy = Object.fromEntries(Object.entries(texts).map(([locale, text]) => [locale, { text: asHtml(text) }]));
  const tag = template.kind === 'email' ? 'mj-text' : 'p';
  return withSavedBlock(template, { markup: `<${tag}>${textReference('text')}</${tag}>`, copy }, new Map(), selected);
}

/** Catalogues with the texts of a block, in the languages that both have. */
function newTexts(template: Template, copy: NonNullable<Content['copy']>, keys: ReadonlyMap<string, string>): Texts {
  const changed: Record<string, string> = {};
  let { texts } = template;
  for (const locale of template.locales) {
    const given = copy[locale] ?? copy[locale.split('-')[0] ?? ''];
    if (given === undefined) continue;
    for (const [from, to] of keys) {
      const text = given[from];
      if (text !== undefined) texts = { ...texts, ...withCopy(texts, locale, to, text) };
    }
    const file = catalogueOf(locale);
    changed[file] = texts[file] ?? '';
  }
  return changed;
}
