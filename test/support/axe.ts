import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { until } from './until.js';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What changes shows from the next frame on, and begins to fade then. */
const NEXT_FRAME = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))';
const NOTHING_FADES =
  'document.getAnimations().every((animation) => !(animation instanceof CSSTransition) || animation.playState !== "running")';

/** What axe finds against WCAG 2.2 AA, one line each. The previews are documents of their own, tested where they are made. */
export async function violations(page: Page): Promise<string[]> {
  // A dialog that fades out is on top of what comes next, and half seen is read by nobody.
  await page.evaluate(NEXT_FRAME);
  await until(() => page.evaluate<boolean>(NOTHING_FADES), 10_000, 'what fades');
  await page.evaluate(axe.source);
  return page.evaluate(async (rules) => {
    const engine = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations: found } = await engine.run({ exclude: [['iframe']] }, { runOnly: rules, iframes: false });
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id} ${html.slice(0, 120)} ${failureSummary ?? ''}`),
    );
  }, RULES);
}
