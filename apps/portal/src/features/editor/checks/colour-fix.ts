import { applyChanges, blocksOf, parseSource, setAttribute, setStyles, styleOf } from '#template-source';
import { textColourOn } from '../builder/colour-match';

/**
 * A template in which the block around an offset has the text colour for its background.
 * @param surface the background: a field of the brand, or `#rrggbb`.
 * @returns the same template where no colour is certain, or no block is there.
 */
export function withReadableText(source: string, offset: number, surface: string): string {
  const colour = textColourOn(surface);
  const tree = parseSource(source);
  const block =
    tree.problems.length > 0 ? undefined : blocksOf(tree).findLast(({ start, end }) => start <= offset && offset < end);
  if (colour === null || block === undefined) return source;
  if (block.kind === 'email') return applyChanges(source, setAttribute(block, 'color', colour));
  const isSame = styleOf(source, block, 'color') === colour;
  return isSame ? source : applyChanges(source, setStyles(source, block, { color: colour }));
}
