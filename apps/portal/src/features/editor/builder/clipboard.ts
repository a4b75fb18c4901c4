import type { SourceElement } from '#template-source';
import type { Act, Email } from './acts';
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
  email: Email,
  block: SourceElement,
  campaignId: string,
  urlOf: (path: string) => string | null,
): CopiedBlock {
  const markup = markupOf(email, block);
  const pictures = picturesIn(markup).flatMap((path) => {
    const url = urlOf(path);
    return url === null ? [] : [[path, url] as const];
  });
  return { campaignId, markup, copy: copyOfBlock(email, markup), pictures: Object.fromEntries(pictures) };
}

/** Null for anything else than a block. Its addresses are those of the API only. */
export function readCopiedBlock(written: string): CopiedBlock | null {
  if (written === '') return null;
  try {
    const block = JSON.parse(written) as Partial<CopiedBlock>;
    const { campaignId, markup, copy, pictures } = block;
    const isWhole = typeof campaignId === 'string' && typeof markup === 'string' && isTable(copy) && isTable(pictures);
    if (!isWhole || Object.values(pictures).some((url) => !/^\/api\/v1\/campaigns\//.test(url))) return null;
    return { campaignId, markup, copy, pictures };
  } catch {
    return null;
  }
}

const isTable = (value: unknown): value is Readonly<Record<string, never>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Inserts a copied block, or parts of another program, after the selected
 * block. Parts are texts of the shown language; others get the same words.
 * @param paths of the block's pictures in this campaign.
 */
export function withPasted(
  email: Email,
  pasted: Pick<CopiedBlock, 'markup' | 'copy'> | { readonly parts: readonly PastedPart[] },
  paths: ReadonlyMap<string, string>,
  selected: SourceElement | null,
): Act | null {
  if (!('parts' in pasted)) return withSavedBlock(email, pasted, paths, selected);
  const keyOf = (at: number): string => `part-${at}`;
  const texts = Object.fromEntries(pasted.parts.map(({ html }, at) => [keyOf(at), html]));
  const copy = Object.fromEntries(email.locales.map((locale) => [locale, texts]));
  return withSavedBlock(email, { markup: markupOfParts(pasted.parts, email.kind, keyOf), copy }, paths, selected);
}
