import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { contrast } from '#rendering';
import { type Line, look } from './layout-checks.page.mjs';

/** WCAG 1.4.3: text, and text of at least 24 pixels, or 18.66 in bold. */
const MIN_RATIO = 4.5;
const MIN_LARGE_RATIO = 3;
/** WCAG 2.5.5: what a thumb hits. */
const MIN_TARGET_PX = 44;
/** Smaller text cannot be read on a phone. */
const MIN_FONT_PX = 11;

/**
 * Checks the layout of a page: text that is cut, covered, too small or too
 * faint, and targets that are too small. Chromium gives the position of each
 * line and what covers it; the screenshot gives the colours behind it.
 * @param locked sentences that must be readable.
 * @param file where to store the screenshot.
 * @returns one line for each problem.
 */
export async function layoutProblems(page: Page, locked: readonly string[], file?: string): Promise<string[]> {
  const { problems, text, lines } = await page.evaluate(look, { target: MIN_TARGET_PX, font: MIN_FONT_PX });
  const unseen = locked
    .filter((sentence) => !text.includes(flat(sentence)))
    .map((sentence) => `not readable: ${sentence}`);
  return [...problems, ...unseen, ...(await faintLines(await page.screenshot({ path: file }), lines))];
}

/** Collapses white space as a browser does. */
export const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

async function faintLines(screenshot: Buffer, lines: readonly Line[]): Promise<string[]> {
  const { data, info } = await sharp(screenshot).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return lines.flatMap((line) => {
    const under = commonest(data, info.width, info.height, line);
    const ratio = contrast(line.colour, under);
    return ratio >= (line.large ? MIN_LARGE_RATIO : MIN_RATIO)
      ? []
      : [`faint: ${line.text} (${line.colour} on ${under}, ${ratio.toFixed(2)})`];
  });
}

/** The colour that most of a line's box is painted in. */
function commonest(data: Buffer, width: number, height: number, box: Line): string {
  const counts = new Map<number, number>();
  for (let y = Math.max(0, Math.floor(box.y)); y < Math.min(height, box.y + box.height); y++)
    for (let x = Math.max(0, Math.floor(box.x)); x < Math.min(width, box.x + box.width); x++) {
      const colour = data.readUIntBE((y * width + x) * 3, 3);
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
  const [most = [0xffffff, 0]] = [...counts].sort((a, b) => b[1] - a[1]);
  return `#${most[0].toString(16).padStart(6, '0')}`;
}
