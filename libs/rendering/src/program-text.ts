import { isHole, isWhen, type Master, type Program } from './master.js';

/**
 * A program as text, with fields in braces.
 * @param variants of conditional sections: only the first of each, or all of
 *   them one after the other.
 */
export function programText(
  master: Pick<Master, 'holes'>,
  program: Program,
  variants: 'first' | 'every' = 'first',
): string {
  return program
    .map((node) => {
      if (typeof node === 'string') return node;
      if (isHole(node)) return `{{${master.holes[node.hole]?.path ?? ''}}}`;
      const body = programText(master, node.body, variants);
      return isWhen(node) && variants === 'every' ? `${body}\n${programText(master, node.otherwise, variants)}` : body;
    })
    .join('');
}
