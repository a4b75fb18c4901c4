import type { PinnedValues } from './byte-match.js';
import type { PreparedCopy } from './sealed-copy.js';
import type { Pattern } from './token-text.js';

/**
 * Values of holes in a tree: approved values if known, and one value per hole.
 */
export class DomValues {
  private readonly texts = new Map<number, string>();

  constructor(
    private readonly copy: PreparedCopy,
    private readonly pins: PinnedValues,
  ) {}

  /** Whether a slot's nodes are the approved ones, or are allowed there. */
  slot(hole: number, html: string): boolean {
    const approved = this.copy.values.get(hole);
    if (approved !== undefined) return approved.html === html;
    return this.copy.reader.fromHtml(hole, html) !== null;
  }

  /**
   * Whether a decoded text or attribute consists of the fixed text and allowed
   * values. Values of a mismatch are discarded.
   */
  matches(pattern: Pattern, text: string): boolean {
    if (pattern.length === 1) return pattern[0] === text;
    const bound = new Map<number, string>();
    if (!this.from(pattern, 0, text, 0, bound)) return false;
    for (const [hole, value] of bound) this.texts.set(hole, value);
    return true;
  }

  private from(pattern: Pattern, at: number, text: string, index: number, bound: Map<number, string>): boolean {
    const part = pattern[at];
    if (part === undefined) return index === text.length;
    if (typeof part === 'string')
      return text.startsWith(part, index) && this.from(pattern, at + 1, text, index + part.length, bound);
    const known = this.copy.values.get(part)?.text ?? this.texts.get(part) ?? bound.get(part);
    if (known !== undefined)
      return text.startsWith(known, index) && this.from(pattern, at + 1, text, index + known.length, bound);
    for (let end = text.length; end >= index; end--) {
      const value = text.slice(index, end);
      if (!this.passes(part, value)) continue;
      bound.set(part, value);
      if (this.from(pattern, at + 1, text, end, bound)) return true;
      bound.delete(part);
    }
    return false;
  }

  private passes(number: number, value: string): boolean {
    const hole = this.copy.reader.holes[number];
    const pinned = this.pins.get(hole?.path ?? '');
    const expected = pinned === undefined || value === pinned?.normalize('NFC') || value === hole?.fallback;
    return expected && this.copy.reader.fromText(number, value) !== null;
  }
}
