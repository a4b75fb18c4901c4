import type { Font } from '@cantoo/fontkit';

/**
 * A glyph and the text that it represents. One shape may represent several
 * letters.
 */
export interface DrawnGlyph {
  readonly glyph: number;
  readonly text: string;
}

type Coverage =
  | { readonly version: 1; readonly glyphs: readonly number[] }
  | { readonly version: 2; readonly rangeRecords: readonly { readonly start: number; readonly end: number }[] };
interface GlyphList<T> {
  readonly length: number;
  get(index: number): T;
}
interface SubTable {
  readonly version?: number;
  readonly coverage?: Coverage;
  readonly deltaGlyphID?: number;
  readonly substitute?: GlyphList<number>;
  readonly sequences?: GlyphList<readonly number[]>;
  readonly ligatureSets?: GlyphList<readonly { readonly glyph: number; readonly components: readonly number[] }[]>;
  readonly lookupType?: number;
  readonly extension?: SubTable;
}
interface Lookup {
  readonly lookupType: number;
  readonly subTables: readonly SubTable[];
}
/**
 * The part of the glyph substitution table (OpenType GSUB) that is read here.
 * The library's types omit it.
 */
interface Substitutions {
  readonly featureList: readonly {
    readonly tag: string;
    readonly feature: { readonly lookupListIndexes: readonly number[] };
  }[];
  readonly lookupList: GlyphList<Lookup>;
}

/**
 * Features that shaping applies by default. Features that an author must
 * request (small capitals, …) are not in the subset.
 */
const FEATURES = new Set(
  'ccmp locl rlig calt rclt init medi fina isol med2 fin2 fin3 ltra ltrm rtla rtlm frac numr dnom rvrn'.split(' '),
);

/**
 * Every glyph that shaping can draw for these characters, with its text.
 * Follows single, multiple and ligature substitutions until no new glyph is
 * found. Contexts are ignored: they only restrict substitutions.
 */
export function drawnGlyphs(font: Font, codePoints: Iterable<number>): DrawnGlyph[] {
  const drawn = new GlyphTexts();
  for (const codePoint of codePoints) {
    const glyph = font.glyphForCodePoint(codePoint);
    if (glyph !== null && glyph.id !== 0) drawn.add(glyph.id, String.fromCodePoint(codePoint));
  }
  const table = (font as unknown as { GSUB?: Substitutions }).GSUB;
  if (table === undefined) return drawn.all();
  const subTables = lookupsOf(table).flatMap(plainSubTables);
  for (let before = -1; before !== drawn.count;) {
    before = drawn.count;
    for (const { type, subTable } of subTables) substitute(type, subTable, drawn);
  }
  return drawn.all();
}

class GlyphTexts {
  count = 0;
  private readonly texts = new Map<number, Set<string>>();

  add(glyph: number, text: string): void {
    const known = this.texts.get(glyph) ?? new Set();
    if (known.has(text)) return;
    this.texts.set(glyph, known.add(text));
    this.count += 1;
  }

  textsOf(glyph: number): readonly string[] {
    return [...(this.texts.get(glyph) ?? [])];
  }

  all(): DrawnGlyph[] {
    return [...this.texts].flatMap(([glyph, texts]) => [...texts].map((text) => ({ glyph, text })));
  }
}

/** Lookups of the features, and those that their contexts call. */
function lookupsOf(table: Substitutions): Lookup[] {
  const wanted = new Set(
    table.featureList.flatMap(({ tag, feature }) => (FEATURES.has(tag) ? feature.lookupListIndexes : [])),
  );
  // The loop also visits elements that are added to the set meanwhile.
  for (const index of wanted) calledLookups(table.lookupList.get(index)).forEach((called) => wanted.add(called));
  return [...wanted].sort((a, b) => a - b).map((index) => table.lookupList.get(index));
}

function calledLookups(node: unknown): number[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('toArray' in node && typeof node.toArray === 'function') return calledLookups((node.toArray as () => unknown)());
  if (Array.isArray(node)) return node.flatMap(calledLookups);
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'lookupListIndex' && typeof value === 'number' ? [value] : calledLookups(value),
  );
}

const EXTENSION = 7;

function plainSubTables({ lookupType, subTables }: Lookup): { type: number; subTable: SubTable }[] {
  return subTables.map((subTable) =>
    lookupType === EXTENSION
      ? { type: subTable.lookupType ?? 0, subTable: subTable.extension ?? {} }
      : { type: lookupType, subTable },
  );
}

function substitute(type: number, subTable: SubTable, drawn: GlyphTexts): void {
  covered(subTable.coverage).forEach((glyph, at) => {
    const texts = drawn.textsOf(glyph);
    if (texts.length === 0) return;
    if (type === 1 || type === 8) {
      const into = subTable.substitute?.get(at) ?? (glyph + (subTable.deltaGlyphID ?? 0)) & 0xffff;
      for (const text of texts) drawn.add(into, text);
    } else if (type === 2) {
      // The first part carries the letter's text; dots and marks split off it
      // carry none.
      const [first, ...rest] = subTable.sequences?.get(at) ?? [];
      if (first !== undefined) for (const text of texts) drawn.add(first, text);
      for (const part of rest) drawn.add(part, '');
    } else if (type === 4) {
      for (const { glyph: into, components } of subTable.ligatureSets?.get(at) ?? [])
        for (const text of joined([texts, ...components.map((component) => drawn.textsOf(component))]))
          drawn.add(into, text);
    }
  });
}

function covered(coverage: Coverage | undefined): number[] {
  if (coverage === undefined) return [];
  if (coverage.version === 1) return [...coverage.glyphs];
  return coverage.rangeRecords.flatMap(({ start, end }) =>
    Array.from({ length: end - start + 1 }, (_, offset) => start + offset),
  );
}

/**
 * Every combination with one text of each part; empty if a part is never drawn.
 */
const joined = (parts: readonly (readonly string[])[]): string[] =>
  parts.reduce<string[]>((texts, part) => texts.flatMap((text) => part.map((next) => text + next)), ['']);
