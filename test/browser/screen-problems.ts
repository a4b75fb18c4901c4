import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import type { Visitor } from './portal.js';

/** Both widths and both colour schemes. LONG=1: every pair of them. */
const LOOKS =
  process.env['LONG'] === '1'
    ? ([
        ['dark', 375],
        ['dark', 1440],
        ['light', 375],
        ['light', 1440],
      ] as const)
    : ([
        ['dark', 375],
        ['light', 1440],
      ] as const);

/**
 * @returns what axe finds on the screen in both colour schemes, and by how much
 *   it is wider than its window.
 */
export async function screenProblems({ page }: Visitor): Promise<string[]> {
  const found: string[] = [];
  for (const [colorScheme, width] of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    // Animations begin in the frame after the change, and colours half-way
    // through one are not those of the screen.
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
    const isStill = `document.documentElement.dataset.mantineColorScheme === '${colorScheme}' && document.getAnimations().every(({ playState }) => playState !== 'running')`;
    await until(() => page.evaluate<boolean>(isStill), `the screen in ${colorScheme}`);
    found.push(...(await violations(page)).map((violation) => `${colorScheme} ${width}: ${violation}`));
    const overflow = await overflowOf(page);
    if (overflow > 0) found.push(`${width}: ${overflow} pixels wider than the screen`);
  }
  return found;
}

/**
 * @returns by how many pixels a screen is wider than its window. Charts follow
 *   a new width some frames later.
 */
export async function overflowOf(page: Page): Promise<number> {
  const overflow = () =>
    page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  for (let tries = 0; tries < 50 && (await overflow()) > 0; tries++) await pause(100);
  return overflow();
}
