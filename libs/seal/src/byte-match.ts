import { readableText } from '#contracts';
import type { Finding } from './finding.js';
import { findingAt } from './finding.js';
import type { HoleReader, HoleValue } from './hole-value.js';
import { type EndNode, type FixedNode, type GapNode, type GraphNode, lockAt, type Part } from './program-graph.js';

/**
 * No valid copy needs nearly as many steps. A copy that needs more is refused.
 */
const MAX_STEPS = 200_000;

/** Decoded parts of what is verified; line ends are LF. */
export type FinalParts = Readonly<Partial<Record<Part, string>>>;

export interface ByteMatch {
  /** Null if every byte matches. */
  readonly finding: Finding | null;
  /**
   * How far the copy matched. Identifies the master that a broken copy belongs
   * to.
   */
  readonly reached: number;
  /** Values of the holes, by number. */
  readonly values: ReadonlyMap<number, HoleValue>;
  /** Conditions that were true, in canonical form. */
  readonly choices: ReadonlyMap<string, boolean>;
}

/**
 * Known values of recipient holes, as text, by path: only this value, or the
 * hole's fallback, passes. Null: the recipient has no value, and only the
 * fallback passes.
 */
export type PinnedValues = ReadonlyMap<string, string | null>;

/**
 * Matches final bytes against the graph, `S0 h1 S1 …`, to the last byte. Fixed
 * text must be equal. A value must be in its hole's language. A hole has one
 * value, and a condition one answer, in all parts.
 */
export function matchBytes(
  graph: GraphNode,
  reader: HoleReader,
  final: FinalParts,
  pins: PinnedValues = new Map(),
): ByteMatch {
  const matcher = new Matcher(reader, final, pins);
  const matched = matcher.begin(graph);
  return {
    finding: matched ? null : matcher.finding(),
    reached: matched ? Infinity : matcher.reached,
    values: matched ? matcher.values : new Map(),
    choices: matched ? matcher.choices : new Map(),
  };
}

interface Failure {
  readonly rank: number;
  readonly part: Part;
  readonly index: number;
  readonly node: GraphNode;
  /** Index within a fixed node's text. */
  readonly within: number;
}

class Matcher {
  readonly values = new Map<number, HoleValue>();
  readonly choices = new Map<string, boolean>();
  private steps = 0;
  private furthest: Failure | null = null;
  private readonly order: readonly Part[];

  constructor(
    private readonly reader: HoleReader,
    private readonly final: FinalParts,
    private readonly pins: PinnedValues,
  ) {
    this.order = ['html', 'text', 'subject'];
  }

  begin(graph: GraphNode): boolean {
    return this.from(graph, firstPart(graph), 0);
  }

  /** Continues while there is one path. At a branch, each path is tried. */
  private from(start: GraphNode, startPart: Part, startIndex: number): boolean {
    let node = start;
    let part = startPart;
    let index = startIndex;
    for (;;) {
      if (++this.steps > MAX_STEPS) return false;
      const whole = this.final[part] ?? '';
      switch (node.kind) {
        case 'fixed':
          if (!isTextAt(whole, node.text, index)) return this.fail(part, index, node);
          index += node.text.length;
          node = node.next;
          break;
        case 'end':
          if (index !== whole.length) return this.fail(part, index, node);
          if (node.next === null) return true;
          ({ node, part } = following(node));
          index = 0;
          break;
        case 'fork':
          return this.choose(node, part, index);
        case 'gap': {
          const value = this.values.get(node.hole)?.[part === 'html' ? 'html' : 'text'];
          if (value === undefined) return this.bind(node, part, index);
          if (!isTextAt(whole, value, index)) return this.fail(part, index, node);
          index += value.length;
          node = node.next;
        }
      }
    }
  }

  private choose(node: Extract<GraphNode, { kind: 'fork' }>, part: Part, index: number): boolean {
    const known = this.choices.get(node.condition);
    if (known !== undefined) return this.from(known ? node.met : node.unmet, part, index);
    for (const met of [true, false]) {
      this.choices.set(node.condition, met);
      if (this.from(met ? node.met : node.unmet, part, index)) return true;
    }
    this.choices.delete(node.condition);
    return false;
  }

  private bind(node: GapNode, part: Part, index: number): boolean {
    const whole = this.final[part] ?? '';
    for (const end of this.ends(node, part, index)) {
      const raw = whole.slice(index, end);
      const value = part === 'html' ? this.reader.fromHtml(node.hole, raw) : this.reader.fromText(node.hole, raw);
      if (value === null || this.isMissingExchange(node, raw) || !this.isConsistent(node.hole, value)) continue;
      this.values.set(node.hole, value);
      if (this.from(node.next, part, end)) return true;
      this.values.delete(node.hole);
    }
    return this.fail(part, index, node);
  }

  /** A partner's link or picture is there with an address; without one, another branch is. */
  private isMissingExchange({ hole }: GapNode, raw: string): boolean {
    const type = this.reader.holes[hole]?.type;
    return raw === '' && (type === 'url' || type === 'image');
  }

  /**
   * Possible ends of a value: where the next fixed text begins, before any
   * character that no value contains.
   */
  private *ends({ hole, next }: GapNode, part: Part, index: number): Generator<number> {
    const whole = this.final[part] ?? '';
    const limit = Math.min(this.valueEnd(hole, part, index), index + this.reader.maxLength(hole));
    const probe = next.kind === 'fixed' ? next.text.slice(0, 16) : '';
    if (probe === '') {
      for (let end = index; end <= limit; end++) yield end;
      return;
    }
    for (let end = whole.indexOf(probe, index); end !== -1 && end <= limit; end = whole.indexOf(probe, end + 1))
      yield end;
  }

  /** Position of the first character that no value of this hole contains. */
  private valueEnd(hole: number, part: Part, index: number): number {
    const whole = this.final[part] ?? '';
    if (this.reader.holes[hole]?.type === 'slot') return whole.length;
    const stop = part === 'html' ? /[<>"'\n]/g : /\n/g;
    stop.lastIndex = index;
    return stop.exec(whole)?.index ?? whole.length;
  }

  /**
   * Whether a path has the same value everywhere, or its fallback everywhere;
   * and whether it equals the pinned value.
   */
  private isConsistent(number: number, value: HoleValue): boolean {
    const { holes } = this.reader;
    const hole = holes[number];
    if (hole === undefined) return false;
    const fallsBack = value.text === hole.fallback;
    const pinned = this.pins.get(hole.path);
    if (pinned !== undefined && value.text !== (pinned === null ? null : readableText(pinned)) && !fallsBack)
      return false;
    for (const [other, known] of this.values) {
      const twin = holes[other];
      if (twin?.path !== hole.path || known.text === value.text) continue;
      if (!fallsBack || known.text !== twin.fallback) return false;
    }
    return true;
  }

  private fail(part: Part, index: number, node: GraphNode): false {
    const whole = this.final[part] ?? '';
    const within = node.kind === 'fixed' ? commonLength(node.text, whole, index) : 0;
    const rank = this.order.indexOf(part) * 1e9 + index + within;
    if (this.furthest === null || rank > this.furthest.rank)
      this.furthest = { rank, part, index: index + within, node, within };
    return false;
  }

  get reached(): number {
    return this.furthest?.rank ?? 0;
  }

  /** The furthest position up to which the copy matched. */
  finding(): Finding {
    const failure = this.furthest;
    if (failure === null || this.steps > MAX_STEPS) return this.tooManyPaths();
    const { part, index, node, within } = failure;
    const where = { part, whole: this.final[part] ?? '', index };
    switch (node.kind) {
      case 'fixed':
        return this.copyDiffers(where, node, within);
      case 'gap': {
        const path = this.reader.holes[node.hole]?.path ?? '';
        const known = this.values.get(node.hole);
        return findingAt(where, {
          code: 'hole-value',
          lock: node.lock,
          expected: known?.text ?? `a value of ${path}`,
          message: `The value of ${path} is not allowed there.`,
        });
      }
      default:
        return findingAt(where, {
          code: 'locked-copy',
          lock: null,
          expected: '',
          message: `The ${part} part continues after its expected end.`,
        });
    }
  }

  private copyDiffers(where: { part: Part; whole: string; index: number }, node: FixedNode, within: number): Finding {
    const lock = lockAt(node, within);
    return findingAt(where, {
      code: 'locked-copy',
      lock,
      expected: node.text.slice(within),
      message: lock === null ? 'Locked copy was changed.' : `The lock “${lock}” was broken.`,
    });
  }

  private tooManyPaths(): Finding {
    return findingAt(
      { part: 'html', whole: this.final.html ?? '', index: 0 },
      {
        code: 'too-many-ways',
        lock: null,
        expected: '',
        message: 'The ends of this copy’s values cannot be found in reasonable time.',
      },
    );
  }
}

const firstPart = (graph: GraphNode): Part => {
  let node = graph;
  for (;;) {
    if (node.kind === 'end') return node.part;
    node = node.kind === 'fork' ? node.unmet : node.next;
  }
};

function following({ next }: EndNode): { node: GraphNode; part: Part } {
  if (next === null) throw new Error('Nothing follows the last part.');
  return { node: next, part: firstPart(next) };
}

/**
 * Whether a text is at an index. Comparing slices is a hundred times faster
 * than `startsWith`, which compares by character.
 */
const isTextAt = (whole: string, text: string, index: number): boolean =>
  whole.slice(index, index + text.length) === text;

/**
 * Length of the common beginning, by binary search: a copy is long and differs
 * in one place.
 */
function commonLength(expected: string, whole: string, index: number): number {
  let same = 0;
  let differs = expected.length;
  while (differs - same > 1) {
    const middle = (same + differs) >> 1;
    if (isTextAt(whole, expected.slice(0, middle), index)) same = middle;
    else differs = middle;
  }
  return same;
}
