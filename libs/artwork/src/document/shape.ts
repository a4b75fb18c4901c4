import bidiModule, { type Bidi, type EmbeddingLevels } from 'bidi-js';
import { LRUCache } from 'lru-cache';
import { hasInvisibleCharacters } from '../invisible-characters.js';
import { SlotRefusal } from './document-slot.js';
import { type FontTable, SLOT_FONTS, slotFont } from './slot-fonts.js';

// The package's types describe its ES module. Node loads the CommonJS module,
// which is the factory itself.
const bidi = (bidiModule as unknown as () => Bidi & Reordering)();

interface Reordering {
  /**
   * The package's types allow only the levels as argument.
   * @returns offsets in visual order.
   */
  getReorderedIndices(
    text: string,
    levels: ReturnType<Bidi['getEmbeddingLevels']>,
    from: number,
    last: number,
  ): number[];
}

/** Measures are in thousandths of the font's size. */
export interface PlacedGlyph {
  /** Character code in the prepared document's font. */
  readonly code: number;
  /**
   * Pen movement, and the movement that a PDF reader computes from the font's
   * widths.
   */
  readonly advance: number;
  readonly width: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

/**
 * Shaped letters of one font and one direction. Glyphs are in visual order,
 * from the left.
 */
export interface ShapedRun {
  readonly glyphs: readonly PlacedGlyph[];
  readonly advance: number;
}

/** A shaped run in its paragraph. */
export interface PositionedRun extends ShapedRun {
  /** Index among the document's fonts. */
  readonly font: number;
  /** Offsets in the paragraph, `to` exclusive. */
  readonly from: number;
  readonly to: number;
}

/** A run without line breaks: a word, or the spaces between two words. */
interface UnbreakableRun {
  readonly space: boolean;
  readonly pieces: readonly PositionedRun[];
  readonly advance: number;
}

export interface Paragraph {
  readonly tokens: readonly UnbreakableRun[];
  readonly rightToLeft: boolean;
  /** Sorts the runs of a line into visual order (UAX #9, rules L1 and L2). */
  readonly visual: (pieces: readonly PositionedRun[]) => PositionedRun[];
}

/**
 * Ligatures make copied text wrong. Arabic requires the ligature of lam and
 * alef.
 */
const FEATURES = { liga: false, clig: false, rlig: false };
const LAM_ALEF = /\u0644\p{M}*[\u0622\u0623\u0625\u0627\u0671]/u;
const REMEMBERED_RUNS = 5_000;

/**
 * Shapes texts with the fonts of one prepared document.
 * Caches runs: the same words are in all documents of a partner.
 */
export class Shaper {
  private readonly codes: readonly ReadonlyMap<string, number>[];
  private readonly runs = new LRUCache<string, ShapedRun>({ max: REMEMBERED_RUNS });

  /**
   * @throws Error if a font file has changed since the document was prepared.
   */
  constructor(tables: readonly FontTable[]) {
    for (const table of tables)
      if (slotFont(table.font).fileHash !== table.fileHash)
        throw new Error(
          `The font ${table.font} is not the one the document was prepared with; publish the campaign again.`,
        );
    this.codes = tables.map(({ glyphs }) => {
      const codes = new Map<string, number>();
      glyphs.forEach(([glyph, text], at) => {
        codes.set(`${glyph} ${text}`, at + 1);
        if (!codes.has(`${glyph}`)) codes.set(`${glyph}`, at + 1);
      });
      return codes;
    });
  }

  /**
   * Shapes one line of input, divided by `words`.
   * @param slot the slot's name, for refusals.
   * @throws SlotRefusal if a character cannot be drawn correctly.
   */
  paragraph(text: string, words: RegExp, slot: string): Paragraph {
    const directed = withWholeNumbers(text);
    const levels = RIGHT_TO_LEFT.test(text) ? bidi.getEmbeddingLevels(directed) : allFromTheLeft(text);
    const fonts = fontsOf(text, slot);
    const tokens: UnbreakableRun[] = [];
    for (const match of text.matchAll(words)) {
      const pieces = this.pieces(text, match.index, match.index + match[0].length, levels.levels, fonts, slot);
      const advance = pieces.reduce((sum, piece) => sum + piece.advance, 0);
      tokens.push({ space: match[0].trim() === '', pieces, advance });
    }
    const visual = (pieces: readonly PositionedRun[]): PositionedRun[] => {
      const [first, last] = [pieces[0], pieces.at(-1)];
      if (first === undefined || last === undefined || !RIGHT_TO_LEFT.test(text)) return [...pieces];
      const order = bidi.getReorderedIndices(directed, levels, first.from, last.to - 1).slice(first.from, last.to);
      return [...new Set(order.flatMap((index) => pieces.find(({ from, to }) => index >= from && index < to) ?? []))];
    };
    return { tokens, visual, rightToLeft: ((levels.paragraphs[0]?.level ?? 0) & 1) === 1 };
  }

  private pieces(
    text: string,
    from: number,
    to: number,
    levels: Uint8Array,
    fonts: readonly number[],
    slot: string,
  ): PositionedRun[] {
    const pieces: PositionedRun[] = [];
    for (let start = from; start < to;) {
      let end = start + 1;
      while (end < to && levels[end] === levels[start] && fonts[end] === fonts[start]) end += 1;
      const rightToLeft = ((levels[start] ?? 0) & 1) === 1;
      const font = fonts[start] ?? 0;
      pieces.push({ font, from: start, to: end, ...this.run(text.slice(start, end), font, rightToLeft, slot) });
      start = end;
    }
    return pieces;
  }

  private run(text: string, font: number, rightToLeft: boolean, slot: string): ShapedRun {
    const key = `${font}${rightToLeft ? '<' : '>'}${text}`;
    const known = this.runs.get(key);
    if (known !== undefined) return known;
    const run = this.shape(rightToLeft ? mirrored(text) : text, font, rightToLeft, slot);
    this.runs.set(key, run);
    return run;
  }

  private shape(text: string, at: number, rightToLeft: boolean, slot: string): ShapedRun {
    const { font } = slotFont(SLOT_FONTS[at] ?? 'european');
    const laid = font.layout(
      text,
      { ...FEATURES, rlig: LAM_ALEF.test(text) },
      undefined,
      undefined,
      rightToLeft ? 'rtl' : 'ltr',
    );
    const scale = 1000 / font.unitsPerEm;
    const glyphs = laid.glyphs.flatMap((glyph, index): PlacedGlyph[] => {
      const letters = String.fromCodePoint(...glyph.codePoints);
      const position = laid.positions?.[index];
      // A joiner has no effect after shaping. The library leaves a space
      // without width in its place.
      if (letters === ' ' && position?.xAdvance === 0) return [];
      const code = this.codes[at]?.get(`${glyph.id} ${letters}`) ?? this.codes[at]?.get(`${glyph.id}`);
      if (code === undefined || glyph.id === 0) throw cannotShow(letters === '' ? text : letters, slot);
      const placed = {
        code,
        advance: Math.round((position?.xAdvance ?? 0) * scale),
        width: Math.round(glyph.advanceWidth * scale),
        xOffset: Math.round((position?.xOffset ?? 0) * scale),
        yOffset: Math.round((position?.yOffset ?? 0) * scale),
      };
      return [placed];
    });
    return { glyphs, advance: glyphs.reduce((sum, { advance }) => sum + advance, 0) };
  }
}

const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** What the algorithm returns for a text without right-to-left letters. */
const allFromTheLeft = (text: string): EmbeddingLevels => ({
  levels: new Uint8Array(text.length),
  paragraphs: [{ start: 0, end: text.length - 1, level: 0 }],
});

/**
 * The text as input of the bidirectional algorithm, of the same length. Groups
 * of a telephone number become one number. Otherwise the algorithm changes
 * their order among Arabic letters, and the number is wrong.
 */
function withWholeNumbers(text: string): string {
  return text.replace(/[+(]?\d[\d ()./-]*\d/g, (number) =>
    /^(?:\+|\(?0)/.test(number) && number.replace(/\D/g, '').length >= 7 ? '0'.repeat(number.length) : number,
  );
}

/** Mirrors brackets in right-to-left text (UAX #9, rule L4). */
const mirrored = (text: string): string => Array.from(text, (char) => bidi.getMirroredCharacter(char) ?? char).join('');

/**
 * Characters without a script of their own. They get the font of the letters
 * before them.
 */
const SHARED = /[\p{Script=Common}\p{Script=Inherited}]/u;
const JOINER = /[\u200C\u200D]/;

/** Font index of every UTF-16 unit. */
function fontsOf(text: string, slot: string): number[] {
  if (hasInvisibleCharacters(text)) throw invisible(slot);
  const fonts: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const before = fonts.at(-1);
    const covering = (at: number): boolean => {
      const name = SLOT_FONTS[at];
      return name !== undefined && slotFont(name).covers.has(code);
    };
    const stays = before !== undefined && (JOINER.test(char) || (SHARED.test(char) && covering(before)));
    const font = stays ? before : SLOT_FONTS.findIndex((_, at) => covering(at));
    if (font === -1) throw cannotShow(char, slot);
    for (let unit = 0; unit < char.length; unit++) fonts.push(font);
  }
  return fonts;
}

function cannotShow(char: string, slot: string): SlotRefusal {
  const letter = /[\p{L}\p{M}]/u.test(char);
  return new SlotRefusal({
    code: letter ? 'text-script' : 'text-character',
    path: `slot.${slot}`,
    message: `“${slot}” contains “${char}”, which documents cannot show correctly.`,
    remedy: letter ? 'Write it in Latin, Greek, Cyrillic, Arabic or Hebrew letters.' : 'Leave it out.',
    named: { what: slot, character: char },
  });
}

const invisible = (slot: string): SlotRefusal =>
  new SlotRefusal({
    code: 'text-invisible',
    path: `slot.${slot}`,
    message: `“${slot}” contains an invisible, direction-changing or broken character.`,
    remedy: 'Type the text again instead of pasting it.',
    named: { what: slot },
  });
