import { type Hole, isHole, isLock, isWhen, type Program } from './master.js';
import { digest, type Marker, type Tokens } from './tokens.js';

/** Conditions or locks that overlap. */
export class BlockOverlap extends Error {
  constructor(
    message: string,
    /** The token at which the overlap was found. */
    readonly token: string,
  ) {
    super(message);
  }
}

interface Frame {
  readonly marker: Marker | null;
  readonly token: string;
  readonly nodes: Program[number][];
  otherwise: Program[number][] | null;
}

const COMMENTED = /<!--(tcm[0-9a-f]+x\d+z)-->/g;

/**
 * Cuts bytes with tokens into a segment program.
 * @throws BlockOverlap if blocks overlap: an earlier check is incomplete, and
 *   nothing may be published.
 */
export function cutProgram(bytes: string, tokens: Tokens): Program {
  const root: Frame = { marker: null, token: '', nodes: [], otherwise: null };
  const stack = [root];
  for (const part of bytes.replace(COMMENTED, '$1').split(tokens.pattern)) {
    const marker = tokens.markerOf(part);
    if (marker !== undefined) applyMarker(stack, marker, part);
    else if (part !== '') append(stack, tokens.holeNumber(part) ?? tokens.holeNumber(part.toLowerCase()) ?? part);
  }
  if (stack.length !== 1)
    throw new BlockOverlap('a block is not closed where its parent is.', stack.at(-1)?.token ?? '');
  return root.nodes;
}

function append(stack: readonly Frame[], part: string | number): void {
  const frame = stack.at(-1);
  if (frame === undefined) return;
  const nodes = frame.otherwise ?? frame.nodes;
  const last = nodes.at(-1);
  if (typeof part === 'number') nodes.push({ hole: part });
  else if (typeof last === 'string') nodes[nodes.length - 1] = last + part;
  else nodes.push(part);
}

function applyMarker(stack: Frame[], marker: Marker, token: string): void {
  if (marker.kind === 'when' || marker.kind === 'lock') {
    stack.push({ marker, token, nodes: [], otherwise: null });
    return;
  }
  const frame = stack.at(-1);
  const opened = frame?.marker?.kind;
  if (frame === undefined || (marker.kind === 'unlock') !== (opened === 'lock') || opened === undefined)
    throw new BlockOverlap('one closes within another.', token);
  if (marker.kind === 'else') {
    frame.otherwise = [];
    return;
  }
  stack.pop();
  const parent = stack.at(-1);
  if (parent === undefined) throw new BlockOverlap('one closes within another.', token);
  const target = parent.otherwise ?? parent.nodes;
  if (frame.marker?.kind === 'lock') target.push({ lock: frame.marker.name, body: frame.nodes });
  else if (frame.marker?.kind === 'when')
    target.push({ when: frame.marker.condition, body: frame.nodes, otherwise: frame.otherwise ?? [] });
}

/**
 * A form that depends only on content: holes by path and fallback instead of by
 * number.
 */
export function canonical(program: Program, holes: readonly Hole[]): unknown[] {
  return program.map((node) => {
    if (typeof node === 'string') return node;
    if (isHole(node)) {
      const hole = holes[node.hole];
      return ['hole', hole?.path, hole?.type, hole?.fallback];
    }
    if (isWhen(node))
      return [
        'when',
        Object.entries(node.when).sort(([a], [b]) => a.localeCompare(b, 'en')),
        canonical(node.body, holes),
        canonical(node.otherwise, holes),
      ];
    return ['lock', node.lock, canonical(node.body, holes)];
  });
}

/** SHA-256 of a program's canonical form. */
export const programHash = (program: Program, holes: readonly Hole[]): string =>
  digest(JSON.stringify(canonical(program, holes)));

/** Every node, depth first, and whether it is in a condition. */
export function* walkProgram(
  program: Program,
  conditional = false,
): Generator<{ node: Program[number]; conditional: boolean }> {
  for (const node of program) {
    yield { node, conditional };
    if (typeof node === 'string' || isHole(node)) continue;
    if (isLock(node)) yield* walkProgram(node.body, conditional);
    else {
      yield* walkProgram(node.body, true);
      yield* walkProgram(node.otherwise, true);
    }
  }
}

/**
 * Bytes of HTML with the longest value in every hole and the longer branch of
 * every condition.
 */
export function worstCaseBytes(program: Program, maxBytes: (hole: number) => number): number {
  return program.reduce((sum, node) => {
    if (typeof node === 'string') return sum + Buffer.byteLength(node);
    if (isHole(node)) return sum + maxBytes(node.hole);
    if (isLock(node)) return sum + worstCaseBytes(node.body, maxBytes);
    return sum + Math.max(worstCaseBytes(node.body, maxBytes), worstCaseBytes(node.otherwise, maxBytes));
  }, 0);
}
