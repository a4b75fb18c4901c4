import type { SealedHole, SealedProgram } from '#contracts';
import { conditionKey } from './program-graph.js';

/** Fixed text and holes, alternating. */
export type Pattern = readonly (string | number)[];

/**
 * Tokens for holes while a master is parsed. They occur nowhere else in it or
 * in the copy.
 */
export class HoleTokens {
  private readonly mark: string;
  private readonly split: RegExp;

  constructor(
    private readonly holes: readonly SealedHole[],
    material: string,
  ) {
    let salt = 0;
    while (material.includes(`sealhole${salt}x`)) salt++;
    this.mark = `sealhole${salt}x`;
    this.split = new RegExp(`${this.mark}(\\d+)z`);
  }

  /** A master's HTML with decided conditions and a token for each value. */
  toText(program: SealedProgram, choices: ReadonlyMap<string, boolean>): string {
    return program
      .map((node) => {
        if (typeof node === 'string') return node;
        if ('hole' in node) return `${this.mark}${node.hole}z`;
        if ('lock' in node) return this.toText(node.body, choices);
        return this.toText(choices.get(conditionKey(node.when)) === true ? node.body : node.otherwise, choices);
      })
      .join('');
  }

  fromText(text: string): Pattern {
    return text.split(this.split).map((part, at) => (at % 2 === 0 ? part : Number(part)));
  }

  /** The slot that this text represents; null otherwise. */
  slotIn(text: string): number | null {
    const pattern = this.fromText(text);
    const [before, hole, after] = pattern;
    const alone = pattern.length === 3 && before === '' && after === '' && typeof hole === 'number';
    return alone && this.holes[hole]?.type === 'slot' ? hole : null;
  }
}

/** Every condition of a program, in canonical form. */
export function conditionsOf(program: SealedProgram): string[] {
  const found = program.flatMap((node) => {
    if (typeof node === 'string' || 'hole' in node) return [];
    if ('lock' in node) return conditionsOf(node.body);
    return [conditionKey(node.when), ...conditionsOf(node.body), ...conditionsOf(node.otherwise)];
  });
  return [...new Set(found)];
}
