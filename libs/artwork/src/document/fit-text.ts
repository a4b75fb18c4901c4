import { SlotRefusal } from './document-slot.js';
import type { Paragraph, PositionedRun, Shaper } from './shape.js';
import { SLOT_FONTS, slotFont } from './slot-fonts.js';

/**
 * A line in visual order, from the left. Measures are in thousandths of the
 * font size.
 */
interface Line {
  readonly pieces: readonly PositionedRun[];
  readonly advance: number;
}

export interface FittedText {
  readonly lines: readonly Line[];
  /** Points. */
  readonly size: number;
  /** Space above and below a line's base, in parts of the size. */
  readonly above: number;
  readonly below: number;
  /**
   * The block is aligned like its first line: to the right if that line is
   * Arabic or Hebrew.
   */
  readonly rightToLeft: boolean;
}

/** The box that a text must fit. Measures are in points. */
export interface TextBox {
  readonly width: number;
  readonly height: number;
  readonly size: number;
  readonly minSize: number;
}

const STEP = 0.5;
const WORDS = / +|[^ ]+/g;
/** An address that is wider than its box is divided at these positions. */
const PARTS = / +|[^ /@._-]*[/@._-]+|[^ /@._-]+/g;

/**
 * Breaks a text into lines that fit, at the largest possible size. A word is
 * divided only at the punctuation of an address, and only if it does not fit
 * otherwise.
 * @param slot the slot's name, for refusals.
 * @throws SlotRefusal `text-does-not-fit`, `text-script`, `text-character`,
 *   `text-invisible`.
 */
export function fitText(text: string, room: TextBox, shaper: Shaper, slot: string): FittedText {
  for (const words of [WORDS, PARTS]) {
    const fitted = fitParagraphs(
      text
        .normalize('NFC')
        .replaceAll('\t', ' ')
        .split('\n')
        .map((line) => shaper.paragraph(line, words, slot)),
      room,
    );
    if (fitted !== null) return fitted;
  }
  throw new SlotRefusal({
    code: 'text-does-not-fit',
    path: `slot.${slot}`,
    message: `The text of “${slot}” does not fit its placeholder in the document, even at ${room.minSize} points.`,
    remedy: 'Shorten it.',
    named: { what: slot, minSize: room.minSize },
  });
}

function fitParagraphs(paragraphs: readonly Paragraph[], room: TextBox): FittedText | null {
  const { above, below } = lineSpace(paragraphs);
  for (let size = room.size; size >= room.minSize; size -= STEP) {
    const available = (room.width * 1000) / size;
    const lines = paragraphs.flatMap((paragraph) => breakLines(paragraph, available));
    const fits =
      lines.length * size * (above + below) <= room.height && lines.every(({ advance }) => advance <= available);
    if (fits) return { lines, size, above, below, rightToLeft: paragraphs[0]?.rightToLeft ?? false };
  }
  return null;
}

function lineSpace(paragraphs: readonly Paragraph[]): { above: number; below: number } {
  const used = new Set(
    paragraphs.flatMap(({ tokens }) => tokens.flatMap(({ pieces }) => pieces.map(({ font }) => font))),
  );
  const fonts = SLOT_FONTS.filter((_, at) => at === 0 || used.has(at)).map(slotFont);
  return { above: Math.max(...fonts.map(({ above }) => above)), below: Math.max(...fonts.map(({ below }) => below)) };
}

/** Fills lines greedily; spaces at a break belong to no line. */
function breakLines(paragraph: Paragraph, available: number): Line[] {
  const lines: Line[] = [];
  let [pieces, advance, spaces]: [PositionedRun[], number, PositionedRun[]] = [[], 0, []];
  const end = (): void => {
    lines.push({ pieces: paragraph.visual(pieces), advance });
    [pieces, advance, spaces] = [[], 0, []];
  };
  for (const token of paragraph.tokens) {
    if (token.space) {
      if (pieces.length > 0) spaces = [...token.pieces];
      continue;
    }
    const gap = spaces.reduce((sum, piece) => sum + piece.advance, 0);
    if (pieces.length > 0 && advance + gap + token.advance > available) end();
    advance += spaces.reduce((sum, piece) => sum + piece.advance, 0) + token.advance;
    pieces.push(...spaces, ...token.pieces);
    spaces = [];
  }
  end();
  return lines;
}
