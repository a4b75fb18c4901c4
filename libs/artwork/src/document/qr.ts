import qrcode from 'qrcode';
import { LRUCache } from 'lru-cache';
import type { Box, PageRotation } from './document-slot.js';

/** Modules of white around a code that readers need (ISO/IEC 18004, 9.1). */
const QUIET = 4;

/**
 * Box of a QR code and of its link: a square at the lower left of the slot's
 * box, as the page is displayed.
 */
export function linkBox({ x, y, width, height }: Box, turn: PageRotation): Box {
  const side = Math.min(width, height);
  const right = turn === 90 || turn === 180;
  const top = turn === 180 || turn === 270;
  return {
    x: right ? x + width - side : x,
    y: top ? y + height - side : y,
    width: side,
    height: side,
  };
}

/**
 * A QR code (level M) as rectangles from 0,0 with sides of `side` points: sharp
 * at any print size.
 * @returns operators of a PDF content stream.
 */
export function qrOperators(url: string, side: number): string {
  const key = `${side} ${url}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const operators = drawCode(url, side);
  remembered.set(key, operators);
  return operators;
}

/** One link is in every document of an activation, in each locale. */
const REMEMBERED = 64;
const remembered = new LRUCache<string, string>({ max: REMEMBERED });

function drawCode(url: string, side: number): string {
  const { modules } = qrcode.create(url, { errorCorrectionLevel: 'M' });
  const count = modules.size + 2 * QUIET;
  const scale = Number((side / count).toFixed(5));
  const bars: string[] = [];
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      const from = column;
      while (column < modules.size && modules.get(row, column) !== 0) column += 1;
      if (column > from) bars.push(`${from + QUIET} ${count - QUIET - 1 - row} ${column - from} 1 re`);
    }
  }
  return [`${scale} 0 0 ${scale} 0 0 cm`, '1 1 1 rg', `0 0 ${count} ${count} re f`, '0 0 0 rg', ...bars, 'f'].join(
    '\n',
  );
}

/**
 * A QR code (level M) as an SVG picture, for screens.
 * @throws Error for more than 2,331 bytes.
 */
export const qrSvg = (text: string): Promise<string> =>
  qrcode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: QUIET });
