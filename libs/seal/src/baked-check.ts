import { type Finding, findingAt, findingOf } from './finding.js';
import { conditionKey, type LockMark } from './program-graph.js';
import type { PreparedCopy } from './sealed-copy.js';
import type { ProgramSource } from './sealed-master.js';

/** A partner's copy of a master, as the renderer baked it. */
export interface BakedSource {
  /** `approvedRoot` of its master. */
  readonly root: string;
  /** Approved values by path, in HTML form. */
  readonly values: Readonly<Record<string, string>>;
  readonly html: ProgramSource;
  readonly text: ProgramSource;
  readonly subject: ProgramSource;
  readonly preheader: ProgramSource;
}

const PROGRAMS = ['html', 'text', 'subject', 'preheader'] as const;
export const programsOf = (baked: BakedSource): ProgramSource[] => PROGRAMS.map((name) => baked[name]);

interface FixedText {
  readonly text: string;
  readonly marks: readonly LockMark[];
}
interface ConditionPart {
  readonly condition: string;
  readonly met: readonly ProgramPart[];
  readonly unmet: readonly ProgramPart[];
}
type ProgramPart = FixedText | { readonly hole: number } | ConditionPart;

/**
 * Compares a baked master with the sealed one and the approved values, byte for
 * byte.
 * Runs before anything of an activation is sent or served.
 * @returns null if they are equal.
 */
export function verifyBaked(copy: PreparedCopy, baked: BakedSource): Finding | null {
  const { master, values } = copy;
  if (baked.root !== master.approvedRoot)
    return findingOf('file', {
      code: 'other-master',
      expected: master.approvedRoot,
      found: baked.root,
      message: 'This copy was baked from a master that was not approved.',
      remedy: 'Launch the campaign again.',
    });
  for (const name of PROGRAMS) {
    const part = name === 'preheader' ? 'html' : name;
    const form = name === 'html' ? 'html' : 'text';
    const expected = partsOf(master[name], (hole) => values.get(hole)?.[form]);
    const finding = compare(
      expected,
      partsOf(baked[name], () => undefined),
      part,
    );
    if (finding !== null) return finding;
  }
  return null;
}

/**
 * The hashed form of a baked program: adjacent texts joined, conditions in
 * canonical form.
 */
export const bakedForm = (program: ProgramSource): unknown => {
  const plain = (piece: ProgramPart): unknown => {
    if ('text' in piece) return piece.text;
    return 'hole' in piece
      ? piece
      : { when: piece.condition, body: piece.met.map(plain), otherwise: piece.unmet.map(plain) };
  };
  return partsOf(program, () => undefined).map(plain);
};

function partsOf(program: ProgramSource, valueOf: (hole: number) => string | undefined): ProgramPart[] {
  const pieces: ProgramPart[] = [];
  const addText = (text: string, lock: string | null): void => {
    const last = pieces.at(-1);
    if (last === undefined || !('text' in last)) pieces.push({ text, marks: [{ at: 0, lock }] });
    else
      pieces[pieces.length - 1] = {
        text: last.text + text,
        marks: [...last.marks, { at: last.text.length, lock }],
      };
  };
  const visit = (nodes: ProgramSource, lock: string | null): void => {
    for (const node of nodes) {
      if (typeof node === 'string') addText(node, lock);
      else if ('lock' in node) visit(node.body, node.lock);
      else if ('hole' in node) {
        const value = valueOf(node.hole);
        if (value === undefined) pieces.push({ hole: node.hole });
        else addText(value, lock);
      } else
        pieces.push({
          condition: conditionKey(node.when as Record<string, string[]>),
          met: partsOf(node.body, valueOf),
          unmet: partsOf(node.otherwise, valueOf),
        });
    }
  };
  visit(program, null);
  return pieces.filter((piece) => !('text' in piece) || piece.text !== '');
}

function compare(
  expected: readonly ProgramPart[],
  found: readonly ProgramPart[],
  part: Finding['part'],
): Finding | null {
  for (let at = 0; at < Math.max(expected.length, found.length); at++) {
    const [wanted, actual] = [expected[at], found[at]];
    const finding = compareOne(wanted, actual, part);
    if (finding !== null) return finding;
  }
  return null;
}

function compareOne(
  wanted: ProgramPart | undefined,
  actual: ProgramPart | undefined,
  part: Finding['part'],
): Finding | null {
  if (wanted !== undefined && actual !== undefined) {
    if ('text' in wanted && 'text' in actual) return compareText(wanted, actual, part);
    if ('hole' in wanted && 'hole' in actual && wanted.hole === actual.hole) return null;
    if ('condition' in wanted && 'condition' in actual && wanted.condition === actual.condition)
      return compare(wanted.met, actual.met, part) ?? compare(wanted.unmet, actual.unmet, part);
  }
  return findingOf(part, {
    code: 'locked-copy',
    lock: wanted !== undefined && 'marks' in wanted ? (wanted.marks[0]?.lock ?? null) : null,
    expected: nameOf(wanted),
    found: nameOf(actual),
    message: 'A baked program differs from the approved locked copy, hole or condition.',
    remedy: 'Launch the campaign again.',
  });
}

function compareText(wanted: FixedText, actual: FixedText, part: Finding['part']): Finding | null {
  if (wanted.text === actual.text) return null;
  let index = 0;
  while (index < wanted.text.length && wanted.text[index] === actual.text[index]) index++;
  const lock = wanted.marks.findLast(({ at }) => at <= index)?.lock ?? null;
  return findingAt(
    { part, whole: actual.text, index },
    {
      code: 'locked-copy',
      lock,
      expected: wanted.text.slice(index),
      message:
        lock === null
          ? 'Locked copy was changed in a baked program.'
          : `The lock “${lock}” was broken in a baked program.`,
    },
  );
}

function nameOf(piece: ProgramPart | undefined): string {
  if (piece === undefined) return 'nothing';
  if ('text' in piece) return piece.text;
  return 'hole' in piece ? `hole ${piece.hole}` : `condition ${piece.condition}`;
}
