import type { SealedProgram } from '#contracts';
import type { HoleValue } from './hole-value.js';

/** The sealed parts of an e-mail. A page has only the first. */
export const PARTS = ['html', 'text', 'subject'] as const;
export type Part = (typeof PARTS)[number];

/**
 * From this index of a fixed text, its characters belong to this lock, or to
 * none.
 */
export interface LockMark {
  readonly at: number;
  readonly lock: string | null;
}
export interface FixedNode {
  readonly kind: 'fixed';
  readonly text: string;
  readonly marks: readonly LockMark[];
  readonly next: GraphNode;
}
export interface GapNode {
  readonly kind: 'gap';
  readonly hole: number;
  readonly lock: string | null;
  readonly next: GraphNode;
}
interface ForkNode {
  readonly kind: 'fork';
  /** The condition in canonical form. Equal conditions have one answer. */
  readonly condition: string;
  readonly met: GraphNode;
  readonly unmet: GraphNode;
}
export interface EndNode {
  readonly kind: 'end';
  readonly part: Part;
  /** The start of the next part; null after the last. */
  readonly next: GraphNode | null;
}
export type GraphNode = FixedNode | GapNode | ForkNode | EndNode;

/** Known values, by hole. */
export type KnownValues = ReadonlyMap<number, HoleValue>;

/**
 * Builds one graph of all valid sequences, part after part, with known values
 * merged into the fixed text.
 */
export function graphOf(programs: readonly (readonly [Part, SealedProgram])[], known: KnownValues): GraphNode {
  let next: GraphNode | null = null;
  for (const [part, program] of [...programs].reverse()) {
    const form = part === 'html' ? 'html' : 'text';
    next = new GraphBuilder(known, form).build(program, { kind: 'end', part, next }, null);
  }
  if (next === null) throw new Error('A graph needs a program.');
  return next;
}

/** A condition in canonical form. */
export const conditionKey = (condition: Readonly<Record<string, readonly string[]>>): string =>
  JSON.stringify(
    Object.entries(condition)
      .map(([field, values]) => [field, [...values].map((value) => value.toLowerCase()).sort()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

class GraphBuilder {
  constructor(
    private readonly known: KnownValues,
    private readonly form: keyof HoleValue,
  ) {}

  /** Builds from the end, so that every node knows its successor. */
  build(program: SealedProgram, after: GraphNode, lock: string | null): GraphNode {
    // Text is merged with nodes that were added here, never with `after`:
    // branches of a condition join there.
    return [...program].reverse().reduce<GraphNode>((next, node) => this.before(next, node, after, lock), after);
  }

  private before(next: GraphNode, node: SealedProgram[number], after: GraphNode, lock: string | null): GraphNode {
    if (typeof node === 'string') return prepend(node, lock, next, after);
    if ('lock' in node) return this.build(node.body, next, node.lock);
    if ('when' in node)
      return {
        kind: 'fork',
        condition: conditionKey(node.when),
        met: this.build(node.body, next, lock),
        unmet: this.build(node.otherwise, next, lock),
      };
    const value = this.known.get(node.hole);
    if (value !== undefined) return prepend(value[this.form], lock, next, after);
    return { kind: 'gap', hole: node.hole, lock, next };
  }
}

function prepend(text: string, lock: string | null, next: GraphNode, after: GraphNode): GraphNode {
  if (text === '') return next;
  if (next.kind !== 'fixed' || next === after) return { kind: 'fixed', text, marks: [{ at: 0, lock }], next };
  const shifted = next.marks.map((mark) => ({ at: mark.at + text.length, lock: mark.lock }));
  return { kind: 'fixed', text: text + next.text, marks: [{ at: 0, lock }, ...shifted], next: next.next };
}

/** The lock at an index of a fixed text. */
export const lockAt = ({ marks }: FixedNode, index: number): string | null =>
  marks.findLast(({ at }) => at <= index)?.lock ?? null;
