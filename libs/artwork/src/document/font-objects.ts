import { type PDFContext, PDFName, type PDFRef, PDFString } from 'pdf-lib';
import { type FontTable, slotFont } from './slot-fonts.js';

/**
 * Embeds the glyphs of a table as a composite font (ISO 32000-2, 9.7). Codes
 * have two bytes. Several codes may draw one glyph, so that each code has its
 * own text for copying and screen readers.
 */
export function embedSlotFont(context: PDFContext, table: FontTable, fallbackName: string): PDFRef {
  const { font } = slotFont(table.font);
  const { glyphFile, codeToGlyph, codeToText, advances } = partsOf(context, table);
  const name = PDFName.of(`TCSLOT+${font.postscriptName ?? fallbackName}`);
  const scale = 1000 / font.unitsPerEm;
  const { minX, minY, maxX, maxY } = font.bbox;
  const descriptor = context.obj({
    Type: 'FontDescriptor',
    FontName: name,
    Flags: 4,
    FontBBox: [minX, minY, maxX, maxY].map((edge) => Math.round(edge * scale)),
    ItalicAngle: 0,
    Ascent: Math.round(font.ascent * scale),
    Descent: Math.round(font.descent * scale),
    CapHeight: Math.round(font.capHeight * scale),
    StemV: 80,
    FontFile2: context.register(context.stream(glyphFile, DEFLATED)),
  });
  const descendant = context.obj({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: name,
    CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
    FontDescriptor: context.register(descriptor),
    DW: 0,
    W: [1, [...advances]],
    CIDToGIDMap: context.register(context.stream(codeToGlyph, DEFLATED)),
  });
  const composite = context.obj({
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: name,
    Encoding: 'Identity-H',
    DescendantFonts: [context.register(descendant)],
    ToUnicode: context.register(context.stream(codeToText, DEFLATED)),
  });
  return context.register(composite);
}

const DEFLATED = { Filter: 'FlateDecode' };

/** What is equal in every document with this table. Streams are deflated. */
interface FontParts {
  /** TrueType file with the glyphs of the table only. */
  readonly glyphFile: Uint8Array;
  readonly codeToGlyph: Uint8Array;
  readonly codeToText: Uint8Array;
  /** Width of each code, in thousandths of the font size. */
  readonly advances: readonly number[];
}

/** One process opens many documents, and these take 0.5 s of processor time. */
const known = new WeakMap<FontTable, FontParts>();

function partsOf(context: PDFContext, table: FontTable): FontParts {
  const found = known.get(table) ?? makeParts(context, table);
  known.set(table, found);
  return found;
}

function makeParts(context: PDFContext, table: FontTable): FontParts {
  const { font } = slotFont(table.font);
  const subset = font.createSubset();
  const ids = table.glyphs.map(([glyph]) => subset.includeGlyph(glyph));
  const deflated = (contents: string | Uint8Array): Uint8Array => context.flateStream(contents).getContents();
  const scale = 1000 / font.unitsPerEm;
  return {
    glyphFile: deflated(subset.encode()),
    codeToGlyph: deflated(glyphMap(ids)),
    codeToText: deflated(toUnicode(table)),
    advances: table.glyphs.map(([glyph]) => Math.round((font.getGlyph(glyph)?.advanceWidth ?? 0) * scale)),
  };
}

function glyphMap(ids: readonly number[]): Uint8Array {
  const map = Buffer.alloc((ids.length + 1) * 2);
  ids.forEach((id, at) => map.writeUInt16BE(id, (at + 1) * 2));
  return map;
}

const CHUNK = 100;

/**
 * A ToUnicode CMap (ISO 32000-2, 9.10.3). Codes of glyphs without a text of
 * their own are omitted.
 */
function toUnicode({ font: name, glyphs }: FontTable): string {
  const { font } = slotFont(name);
  const lines = glyphs.flatMap(([glyph, text], at) => {
    // Some readers reverse the letters of a ligature in a right-to-left line.
    // One character cannot be reversed.
    const single =
      text.length === 1 ? undefined : font.stringsForGlyph(glyph).find((form) => form.normalize('NFKC') === text);
    const unicode = Buffer.from(single ?? text, 'utf16le')
      .swap16()
      .toString('hex');
    return text === '' ? [] : [`<${(at + 1).toString(16).padStart(4, '0')}> <${unicode}>`];
  });
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; at += CHUNK) {
    const block = lines.slice(at, at + CHUNK);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}
