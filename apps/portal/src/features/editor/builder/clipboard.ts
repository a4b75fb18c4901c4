import { parseSource, type SourceElement } from '#template-source';
import type { Act, Template } from './acts';
import { markupOfParts, type PastedPart } from './pasted-html';
import { copyOfBlock, markupOf, picturesIn, withSavedBlock } from './saved-blocks';

/** Media type of a block on the clipboard. */
export const BLOCK_TYPE = 'application/vnd.throughline.block+json';

/** A block on the clipboard: with its texts in all languages, and where its pictures are. */
export interface CopiedBlock {
  readonly campaignId: string;
  readonly markup: string;
  /** Language → key → text. */
  readonly copy: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Path in its campaign → address of the bytes. */
  readonly pictures: Readonly<Record<string, string>>;
}

/** @param urlOf address of the bytes of a picture of the campaign. */
export function copiedBlock(
  template: Template,
  block: SourceElement,
  campaignId: string,
  urlOf: (path: string) => string | null,
): CopiedBlock {
  const markup = markupOf(template, block);
  const pictures = picturesIn(markup).flatMap((path) => {
    const url = urlOf(path);
    return url === null ? [] : [[path, url] as const];
  });
  return { campaignId, markup, copy: copyOfBlock(template, markup), pictures: Object.fromEntries(pictures) };
}

/** Address of a file of a campaign, of a version or of its draft. */
const FILE_ADDRESS =
  /^\/api\/v1\/campaigns\/[0-9a-f-]{36}\/(?:versions\/\d+\/files|draft-files)\/bytes\?path=[\w%.-]+$/;
const MOST_MARKUP = 200_000;

/**
 * Null for anything else than a block. The clipboard is written by other pages,
 * too: only whole markup, texts, and addresses of files of campaigns are taken.
 */
export function readCopiedBlock(written: string): CopiedBlock | null {
  if (written === '') return null;
  try {
    const { campaignId, markup, copy, pictures } = JSON.parse(written) as Partial<Record<keyof CopiedBlock, unknown>>;
    const isWhole = typeof campaignId === 'string' && typeof markup === 'string' && markup.length <= MOST_MARKUP;
    if (!isWhole || parseSource(markup).problems.length > 0) return null;
    if (!isTable(copy) || !Object.values(copy).every(isTexts)) return null;
    if (!isTexts(pictures) || !Object.values(pictures).every((url) => FILE_ADDRESS.test(url))) return null;
    return { campaignId, markup, copy: copy as CopiedBlock['copy'], pictures };
  } catch {
    return null;
  }
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  isTable(value) && Object.values(value).every((text) => typeof text === 'string');

/**
 * Inserts a copied block, or parts of another program, after the selected
 * block. Parts are texts of the shown language; others get the same words.
 * @param paths of the block's pictures in this campaign.
 */
export function withPasted(
  template: Template,
  pasted: Pick<CopiedBlock, 'markup' | 'copy'> | { readonly parts: readonly PastedPart[] },
  paths: ReadonlyMap<string, string>,
  selected: SourceElement | null,
): Act | null {
  if (!('parts' in pasted)) return withSavedBlock(template, pasted, paths, selected);
  const keyOf = (at: number): string => `part-${at}`;
  const texts = Object.fromEntries(pasted.parts.map(({ html }, at) => [keyOf(at), html]));
  const copy = Object.fromEntries(template.locales.map((locale) => [locale, texts]));
  return withSavedBlock(template, { markup: markupOfParts(pasted.parts, template.kind, keyOf), copy }, paths, selected);
}
