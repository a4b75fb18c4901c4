import type { BakedMaster, Program } from '#rendering';

/**
 * Whether final HTML is the baked program with values in its recipient holes and nothing else: every fixed byte in its place,
 * to the last one, and no value with markup in it. Written apart from the renderer, so that one mistake is not made twice.
 */
export function verifySealed(baked: BakedMaster, html: string): boolean {
  return matchesFrom(baked.html, 0, html, 0, (position) => position === html.length);
}

/** Tries what may follow; a condition has two ways, everything else one. */
function matchesFrom(
  program: Program,
  at: number,
  html: string,
  position: number,
  then: (position: number) => boolean,
): boolean {
  const node = program[at];
  if (node === undefined) return then(position);
  const next = (from: number): boolean => matchesFrom(program, at + 1, html, from, then);
  if (typeof node === 'string') return html.startsWith(node, position) && next(position + node.length);
  if ('hole' in node) return ends(html, position, following(program, at + 1)).some(next);
  if ('when' in node) return [node.body, node.otherwise].some((body) => matchesFrom(body, 0, html, position, next));
  return matchesFrom(node.body, 0, html, position, next);
}

/** The fixed bytes that come next, where they are known. */
function following(program: Program, at: number): string {
  const node = program[at];
  return typeof node === 'string' ? node : '';
}

/** Where a value that begins at `position` may end: before markup, and where the fixed bytes go on. */
function ends(html: string, position: number, anchor: string): number[] {
  const found: number[] = [];
  const limit = html.slice(position).search(/[<>"]/);
  const last = limit === -1 ? html.length : position + limit;
  const probe = anchor.slice(0, 24);
  if (probe === '') return [last, position];
  for (let end = html.indexOf(probe, position); end !== -1 && end <= last; end = html.indexOf(probe, end + 1))
    found.push(end);
  return found;
}
