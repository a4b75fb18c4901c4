import fontkit, { type Font, type Glyph } from '@cantoo/fontkit';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { drawnGlyphs } from './glyph-closure.js';

/**
 * Fonts for partners' texts, in the order in which they are tried for a
 * character.
 */
export const SLOT_FONTS = ['european', 'arabic', 'hebrew'] as const;
export type SlotFontName = (typeof SLOT_FONTS)[number];

interface Recipe {
  /** Path below this lib's folder. */
  readonly file: string;
  /** Code points, first and last. */
  readonly ranges: readonly (readonly [number, number])[];
  /** Height above and depth below the baseline that a line needs, in ems. */
  readonly above: number;
  readonly below: number;
}

const PUNCTUATION = [
  [0x20, 0x7e],
  [0xa0, 0xff],
  [0x2010, 0x2027],
  [0x2030, 0x203a],
] as const;

/**
 * Characters of living scripts that names and addresses are written in. Every
 * one makes the subset larger.
 */
const RECIPES: Readonly<Record<SlotFontName, Recipe>> = {
  european: {
    file: 'fonts/NotoSans-Regular.ttf',
    ranges: [
      ...PUNCTUATION,
      [0x100, 0x24f],
      [0x259, 0x259],
      [0x2bb, 0x2bc],
      [0x300, 0x338],
      [0x370, 0x3ff],
      [0x400, 0x52f],
      [0x1e00, 0x1eff],
      [0x2044, 0x2044],
      [0x2070, 0x208e],
      [0x20a0, 0x20c0],
      [0x2116, 0x2122],
      [0x2150, 0x215e],
      [0x2190, 0x2193],
      [0x2212, 0x2215],
      [0x2248, 0x2265],
      [0x25a0, 0x25cf],
    ],
    above: 1.0,
    below: 0.35,
  },
  arabic: {
    // Noto draws the dots of an Arabic letter as separate glyphs. Copied text
    // would contain other letters.
    file: 'document-fonts/IBMPlexSansArabic-Regular.woff',
    ranges: [
      [0x20, 0x20],
      [0xa0, 0xa0],
      [0x600, 0x6ff],
      [0x750, 0x77f],
      [0xfb50, 0xfbb1],
    ],
    above: 1.1,
    below: 0.6,
  },
  hebrew: {
    file: 'fonts/NotoSansHebrew-Regular.ttf',
    ranges: [
      [0x20, 0x20],
      [0x591, 0x5f4],
      [0x200c, 0x200d],
      [0x20aa, 0x20aa],
    ],
    above: 1.0,
    below: 0.35,
  },
};

/** A bundled font for shaping, and the part of it that documents embed. */
export interface SlotFont {
  readonly name: SlotFontName;
  readonly font: Font;
  readonly bytes: Buffer;
  /** SHA-256 of the file. Glyph numbers are valid for this file only. */
  readonly fileHash: string;
  readonly covers: ReadonlySet<number>;
  readonly above: number;
  readonly below: number;
}

const opened = new Map<SlotFontName, SlotFont>();

/** Opens a bundled font once per process. */
export function slotFont(name: SlotFontName): SlotFont {
  const known = opened.get(name);
  if (known !== undefined) return known;
  const { file, ranges, above, below } = RECIPES[name];
  const bytes = readFileSync(join(packageRoot(), 'libs/artwork', file));
  const font = withTextPerUse(fontkit.create(bytes) as Font);
  const inRange = (code: number): boolean => ranges.some(([first, last]) => code >= first && code <= last);
  const fileHash = createHash('sha256').update(bytes).digest('hex');
  const covers = new Set(font.characterSet.filter(inRange));
  const result = { name, font, bytes, fileHash, covers, above, below };
  opened.set(name, result);
  return result;
}

/**
 * The library returns one object per glyph with the letters of its first use.
 * If one shape represents several letters, the wrong letter would be extracted.
 * The returned font's glyphs have the letters of each use.
 */
function withTextPerUse(font: Font): Font {
  const getGlyph = font.getGlyph.bind(font);
  font.getGlyph = (id: number, characters: number[] = []): Glyph | null => {
    const glyph = getGlyph(id, characters);
    return glyph === null ? null : (Object.create(glyph, { codePoints: { value: characters } }) as Glyph);
  };
  return font;
}

/**
 * Maps each character code to its glyph and text. Codes count from 1 in this
 * order. Stored with the document, so that a later change of the recipe does
 * not affect published documents.
 */
export interface FontTable {
  readonly font: SlotFontName;
  readonly fileHash: string;
  readonly glyphs: readonly (readonly [glyph: number, text: string])[];
}

const tables = new Map<SlotFontName, FontTable>();

/**
 * All glyphs that shaping can use. The same font file and recipe give the same
 * table, so it is made once per process.
 */
export function fontTable(name: SlotFontName): FontTable {
  const table = tables.get(name) ?? makeTable(name);
  tables.set(name, table);
  return table;
}

function makeTable(name: SlotFontName): FontTable {
  const { font, fileHash, covers } = slotFont(name);
  const glyphs = drawnGlyphs(font, covers)
    .sort((a, b) => a.glyph - b.glyph || (a.text < b.text ? -1 : 1))
    .map(({ glyph, text }) => [glyph, text] as const);
  return { font: name, fileHash, glyphs };
}
