import { isUtf8 } from 'node:buffer';
import {
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type { SourceProblem } from '#kernel';

/** A position in a file. Both are counted from 1. */
export interface SourcePosition {
  readonly line: number | null;
  readonly column: number | null;
}

type Path = readonly PropertyKey[];

/** A catalogue of 300 texts has 300. Each unknown key is a problem of its own. */
const MAX_KEYS = 10_000;

/**
 * A YAML file with the position of every value, for problems that are found
 * later.
 */
export class YamlSource {
  private constructor(
    readonly file: string,
    readonly value: unknown,
    private readonly root: Node | null,
    private readonly lines: LineCounter,
  ) {}

  /**
   * Reads a file.
   * @returns null and the problems if it is not valid YAML.
   */
  static read(file: string, bytes: Buffer): { source: YamlSource | null; problems: SourceProblem[] } {
    const text = utf8(bytes);
    if (text === null)
      return {
        source: null,
        problems: [notUtf8(file, bytes)],
      };
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    const problems = document.errors.map((mistake): SourceProblem => {
      const { line, col } = lines.linePos(mistake.pos[0]);
      return {
        ...at(file, { line, column: col }),
        ...error('yaml-invalid', firstSentence(mistake.message), 'Correct the YAML at this place.'),
      };
    });
    if (problems.length > 0) return { source: null, problems };
    try {
      const found = keyProblems(file, document, lines);
      if (found.length > 0) return { source: null, problems: found };
      // A few aliases are enough. Unlimited aliases can expand a small file
      // without end.
      const value: unknown = document.toJS({ maxAliasCount: 20 });
      return { source: new YamlSource(file, value, document.contents, lines), problems };
    } catch {
      const { line, col: column } = lines.linePos(firstAlias(document));
      const remedy = 'Write the values out instead of using aliases.';
      return {
        source: null,
        problems: [
          { ...at(file, { line, column }), ...error('yaml-aliases', 'This file uses too many aliases.', remedy) },
        ],
      };
    }
  }

  /** Position of a value; if it is missing, of the nearest parent. */
  positionOf(path: Path): SourcePosition {
    let node: unknown = this.root;
    let found: Node | null = this.root;
    for (const part of path) {
      node = isCollection(node) ? node.get(part, true) : undefined;
      if (!isNode(node)) break;
      found = node;
    }
    return this.positionAt(found);
  }

  /** Position of a key, for unknown keys and empty values. */
  keyPositionOf(path: Path): SourcePosition {
    const key = path.at(-1);
    const around = path
      .slice(0, -1)
      .reduce<unknown>((node, part) => (isCollection(node) ? node.get(part, true) : undefined), this.root);
    const pair = isMap(around)
      ? around.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key))
      : undefined;
    return isNode(pair?.key) ? this.positionAt(pair.key) : this.positionOf(path);
  }

  private positionAt(node: Node | null): SourcePosition {
    const start = node?.range?.[0];
    if (start === undefined) return { line: 1, column: 1 };
    const { line, col } = this.lines.linePos(start);
    return { line, column: col };
  }
}

/**
 * Problems of the keys: too many, or the same twice in one map. The parser's own
 * check compares each key with each other one, which takes 15 s for 150,000.
 * @throws RangeError if collections are too deep within one another.
 */
function keyProblems(file: string, document: Document, lines: LineCounter): SourceProblem[] {
  const problems: SourceProblem[] = [];
  const placeOf = (key: unknown): { file: string } & SourcePosition => {
    const { line, col: column } = lines.linePos((isNode(key) ? key.range?.[0] : undefined) ?? 0);
    return at(file, { line, column });
  };
  let count = 0;
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        count += 1;
        if (count > MAX_KEYS) {
          const remedy = 'Remove what the campaign does not use, or split it into several.';
          const message = `This file has more than ${MAX_KEYS} keys.`;
          problems.splice(0, Infinity, { ...placeOf(key), ...error('yaml-too-large', message, remedy) });
          return visit.BREAK;
        }
        const value = isScalar(key) ? key.value : key;
        if (seen.has(value)) problems.push({ ...placeOf(key), ...DUPLICATE });
        seen.add(value);
      }
      return undefined;
    },
  });
  return problems;
}

/** Position of the first `*alias`. */
function firstAlias(document: Document): number {
  let offset = 0;
  visit(document, {
    Alias(_, { range }) {
      offset = range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/**
 * A problem for a file in another encoding, at the first byte that is not
 * UTF-8.
 */
export function notUtf8(file: string, bytes: Buffer): SourceProblem {
  let start = 0;
  let line = 1;
  for (let end = bytes.indexOf(LINE_FEED); end !== -1 && isUtf8(bytes.subarray(start, end)); line++) {
    start = end + 1;
    end = bytes.indexOf(LINE_FEED, start);
  }
  let good = start;
  for (let size = 1; size <= LONGEST_CHARACTER && good + size <= bytes.length;)
    if (isUtf8(bytes.subarray(good, good + size))) {
      good += size;
      size = 1;
    } else size++;
  return {
    ...at(file, { line, column: bytes.toString('utf8', start, good).length + 1 }),
    ...error('text-not-utf8', 'This file is not UTF-8 text.', 'Save it as UTF-8.'),
  };
}

const LINE_FEED = 0x0a;
/** Bytes of the longest character (RFC 3629). */
const LONGEST_CHARACTER = 4;

/** UTF-8 text without a byte order mark, or null. */
export function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

function at(file: string, place: SourcePosition): { file: string } & SourcePosition {
  return { file, ...place };
}

function error(code: string, message: string, remedy: string) {
  return { code, severity: 'error' as const, message, remedy };
}

const DUPLICATE = error('yaml-invalid', 'Map keys must be unique.', 'Correct the YAML at this place.');

const firstSentence = (message: string): string => `${(message.split('\n')[0] ?? message).replace(/[.:]?$/, '')}.`;
