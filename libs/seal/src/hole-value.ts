import {
  canonicalEmail,
  COMPANY_NAMES,
  HOLE_LANGUAGES,
  parseEmail,
  type SealedHole,
  type SealedSlot,
} from '#contracts';
import { isAllowedAddress, type Hosts } from './address.js';
import { readSlot } from './slot-value.js';
import { isCompanyName, isReadable, lengthOf, looksLikeAddress, readEscaped, writeEscaped } from './text-rules.js';

/** One value in both forms: HTML and text. */
export interface HoleValue {
  readonly html: string;
  readonly text: string;
}

/** Reads values from final bytes: the verifier's half of `HOLE_LANGUAGES`. */
export class HoleReader {
  private readonly slots: ReadonlyMap<string, SealedSlot>;

  constructor(
    readonly holes: readonly SealedHole[],
    slots: readonly SealedSlot[],
    readonly hosts: Hosts,
  ) {
    this.slots = new Map(slots.map((slot) => [`slot.${slot.name}`, slot]));
  }

  /** @returns null if it is not in the hole's language. */
  fromHtml(number: number, html: string): HoleValue | null {
    const hole = this.holes[number];
    if (hole === undefined) return null;
    if (hole.type === 'slot') {
      const slot = this.slots.get(hole.path);
      const text = slot === undefined ? null : readSlot(slot, html, this.hosts);
      return text === null ? null : { html, text };
    }
    const text = readEscaped(html);
    return text !== null && this.isAllowed(hole, text) ? { html, text } : null;
  }

  /**
   * A slot cannot be read from text alone, because its elements are missing
   * there.
   */
  fromText(number: number, text: string): HoleValue | null {
    const hole = this.holes[number];
    if (hole === undefined || hole.type === 'slot' || !this.isAllowed(hole, text)) return null;
    return { html: writeEscaped(text), text };
  }

  /** Maximum length of a value in characters: an upper bound for searching. */
  maxLength(number: number): number {
    const hole = this.holes[number];
    const slot = hole === undefined ? undefined : this.slots.get(hole.path);
    // An entity makes up to six characters of one. A run of one character may
    // have all elements and a URL.
    if (slot !== undefined) return slot.maxChars * 40 + slot.maxLines * 10 + 3_000;
    const fallback = (hole?.fallback?.length ?? 0) * 6;
    return Math.max(fallback, 12 * (hole === undefined ? 0 : (HOLE_LANGUAGES[hole.type].maxChars ?? hole.maxChars)));
  }

  private isAllowed(hole: SealedHole, text: string): boolean {
    if (text === hole.fallback) return true;
    const language = HOLE_LANGUAGES[hole.type];
    switch (language.form) {
      case 'words':
        return (
          text.normalize('NFC') === text &&
          text.trim() !== '' &&
          !text.includes('\n') &&
          isReadable(text) &&
          (!looksLikeAddress(text) || (COMPANY_NAMES.includes(hole.path) && isCompanyName(text))) &&
          lengthOf(text) <= hole.maxChars
        );
      case 'address':
        return isAllowedAddress(hole.type, text, this.hosts);
      case 'pattern':
        return language.pattern?.test(text) === true && text.length <= (language.maxChars ?? Infinity);
      case 'email':
        return typeof parseEmail(text) !== 'string' && canonicalEmail(text) === text;
      case 'slot':
        return false;
    }
  }
}
