import type { FittedText } from './fit-text.js';
import type { PlacedGlyph } from './shape.js';

export interface TextStyle {
  /** `#rrggbb`. */
  readonly color: string;
  readonly align: 'start' | 'center' | 'end';
}

/** Two decimals: a hundredth of a point is finer than any printer. */
export const decimal = (value: number): string => String(Math.round(value * 100) / 100);

/**
 * Operators for a fitted text in a box that begins at 0,0.
 * @param fontNames resource names of the document's fonts.
 * @returns operators of a PDF content stream; each glyph is positioned
 *   separately.
 */
export function textOperators(
  { lines, size, above, below, rightToLeft }: FittedText,
  box: { readonly width: number; readonly height: number },
  look: TextStyle,
  fontNames: readonly string[],
): string {
  const out = ['BT', `${colourOf(look.color)} rg`];
  lines.forEach((line, at) => {
    let pen = startOf(line.advance, rightToLeft, (box.width * 1000) / size, look.align);
    const base = box.height - size * (above + at * (above + below));
    for (const piece of line.pieces) {
      out.push(
        `/${fontNames[piece.font] ?? ''} ${decimal(size)} Tf`,
        `1 0 0 1 ${decimal((pen * size) / 1000)} ${decimal(base)} Tm`,
        ...glyphOperators(piece.glyphs, size),
      );
      pen += piece.advance;
    }
  });
  return [...out, 'ET'].join('\n');
}

function startOf(advance: number, rightToLeft: boolean, available: number, align: TextStyle['align']): number {
  if (align === 'center') return (available - advance) / 2;
  return (align === 'end') === rightToLeft ? 0 : available - advance;
}

const colourOf = (hex: string): string =>
  [1, 3, 5].map((at) => decimal(Number.parseInt(hex.slice(at, at + 2), 16) / 255)).join(' ');

/**
 * `TJ` moves the pen by numbers between codes. `Ts` raises marks above or below
 * the line.
 */
function glyphOperators(glyphs: readonly PlacedGlyph[], size: number): string[] {
  const out: string[] = [];
  let [array, codes, shift, rise] = ['', '', 0, 0];
  const closeCodes = (): void => {
    if (codes !== '') array += `<${codes}>`;
    codes = '';
  };
  const closeArray = (): void => {
    closeCodes();
    if (array !== '') out.push(`[${array}] TJ`);
    array = '';
  };
  for (const { code, advance, width, xOffset, yOffset } of glyphs) {
    if (yOffset !== rise) {
      closeArray();
      rise = yOffset;
      out.push(`${decimal((rise * size) / 1000)} Ts`);
    }
    shift += xOffset;
    if (shift !== 0) {
      closeCodes();
      array += String(-shift);
    }
    codes += code.toString(16).padStart(4, '0');
    shift = advance - width - xOffset;
  }
  closeArray();
  if (rise !== 0) out.push('0 Ts');
  return out;
}
