import fontkit, { type Font } from '@cantoo/fontkit';
import { readFileSync } from 'node:fs';
import { FONT_FILES } from './fonts.js';

let drawable: ReadonlySet<number> | null = null;

/**
 * Whether a bundled font has a sign for a character. Pango draws a missing one
 * as a box with its code.
 */
export function isDrawable(char: string): boolean {
  drawable ??= new Set(FONT_FILES.flatMap((file) => (fontkit.create(readFileSync(file)) as Font).characterSet));
  return /\s/.test(char) || drawable.has(char.codePointAt(0) ?? 0);
}
