import {
  contentOf,
  keysIn,
  onlyKeyOf,
  type PageBlockKind,
  pageBlockKind,
  type SourceElement,
  usedKeys,
} from '#template-source';
import { catalogueOf, copyTable, writeCopy } from '../copy-table';
import { isMap } from 'yaml';
import { changeYaml, type YamlPath } from '../yaml-file';

export type Texts = Readonly<Record<string, string>>;

/** A text of a block: a text of the catalogues, or what stands in the template. */
export type BlockText = { readonly kind: 'copy'; readonly key: string } | { readonly kind: 'source' };

const TEXT_BLOCKS = ['mj-text', 'mj-button', 'tc-slot', 'tc-button'];
const PAGE_TEXTS: readonly PageBlockKind[] = ['text', 'heading', 'item', 'button', 'slot', 'partnerButton'];
const TEMPLATE = /^(?:emails|pages)\/.*\.(?:mjml|html)$/;

/** Whether the content of a block is a text. */
export const hasText = (source: string, block: SourceElement): boolean =>
  block.kind === 'page' ? PAGE_TEXTS.includes(pageBlockKind(source, block)) : TEXT_BLOCKS.includes(block.name);

/** The element whose content is the text of a block: the slot of partners that fills it, or itself. */
export function textHolder(block: SourceElement): SourceElement {
  const [only, ...others] = block.children;
  return only?.name === 'tc-slot' && others.length === 0 && !block.isLoose ? only : block;
}

/** The texts that an author can change in a block. */
export function textsOfBlock(source: string, block: SourceElement): BlockText[] {
  if (!hasText(source, block)) return [];
  const content = contentOf(source, textHolder(block));
  const keys = [...new Set(keysIn(content).map(({ key }) => key))];
  return keys.length === 0 ? [{ kind: 'source' }] : keys.map((key) => ({ kind: 'copy', key }));
}

/** Texts that are shown where a field of the block is unknown: `{{fallback recipient.greeting (t "hello")}}`. */
export function fallbackKeys(source: string, block: SourceElement): string[] {
  if (!hasText(source, block)) return [];
  const content = contentOf(source, textHolder(block));
  const shown = new Set(keysIn(content).map(({ key }) => key));
  return [...new Set(usedKeys(content))].filter((key) => !shown.has(key));
}

/** The text to edit in its place: a block that is one text and nothing else. */
export function textInPlace(source: string, block: SourceElement): BlockText | null {
  const [text, ...others] = textsOfBlock(source, block);
  if (text === undefined || others.length > 0) return null;
  return text.kind === 'copy' && onlyKeyOf(contentOf(source, textHolder(block))) === null ? null : text;
}

interface Catalogue {
  readonly copy: ReadonlyMap<string, string>;
  readonly paths: ReadonlyMap<string, YamlPath>;
}

/** Texts of the catalogues by key, in one language. */
export const copyOf = (texts: Texts, locale: string): ReadonlyMap<string, string> =>
  readCatalogue(texts[catalogueOf(locale)] ?? '').copy;

function readCatalogue(text: string): Catalogue {
  const known = read.get(text);
  if (known !== undefined) return known;
  const { rows } = copyTable({ only: text });
  const catalogue = {
    copy: new Map(rows.map(({ key, texts: { only } }) => [key, only ?? ''])),
    paths: new Map(rows.map(({ key, path }) => [key, path])),
  };
  if (read.size >= MOST_READ) read.clear();
  read.set(text, catalogue);
  return catalogue;
}

/** Catalogues that were read. A pointer that moves a block asks for each at each step. */
const read = new Map<string, Catalogue>();
const MOST_READ = 8;

/** The catalogue of a language with a text of a key, new or changed. */
export function withCopy(texts: Texts, locale: string, key: string, text: string): Texts {
  const file = catalogueOf(locale);
  const catalogue = texts[file] ?? '';
  return { [file]: writeCopy(catalogue, readCatalogue(catalogue).paths.get(key) ?? pathOf(key), text) };
}

/** The catalogue of a language without a text, and without a group that has no other. */
export function withoutCopy(texts: Texts, locale: string, key: string): Texts {
  const file = catalogueOf(locale);
  const catalogue = texts[file] ?? '';
  const path = readCatalogue(catalogue).paths.get(key);
  if (path === undefined) return {};
  return {
    [file]: changeYaml(catalogue, (document) => {
      for (let length = path.length; length > 0; length -= 1) {
        const at = path.slice(0, length);
        const node = document.getIn(at, true);
        if (length === path.length || (isMap(node) && node.items.length === 0)) document.deleteIn(at);
      }
    }),
  };
}

/** `welcome.text-2` stands in the group `welcome`. */
function pathOf(key: string): string[] {
  const at = key.indexOf('.');
  return at === -1 ? [key] : [key.slice(0, at), key.slice(at + 1)];
}

/** A key that no catalogue has: `welcome.heading-2`. */
export function freshKey(
  texts: Texts,
  locales: readonly string[],
  stem: string,
  taken: readonly string[] = [],
): string {
  const known = new Set([...locales.flatMap((locale) => [...copyOf(texts, locale).keys()]), ...taken]);
  for (let at = 1; ; at += 1) if (!known.has(`${stem}-${at}`)) return `${stem}-${at}`;
}

/** E-mails and pages that show a text, besides one. */
export const otherUses = (texts: Texts, file: string, key: string): string[] =>
  Object.entries(texts)
    .filter(([path, text]) => path !== file && TEMPLATE.test(path) && usedKeys(text).includes(key))
    .map(([path]) => path);
