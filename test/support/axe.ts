import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { until } from './until.js';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What changes shows from the next frame on, and begins to fade then. */
const NEXT_FRAME = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))';
const NOTHING_FADES =
  'document.getAnimations().every((animation) => !(animation instanceof CSSTransition) || animation.playState !== "running")';

/** Waits until the page has painted its last change and no transition runs. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(NEXT_FRAME);
  await until(() => page.evaluate<boolean>(NOTHING_FADES), 'all transitions to end');
}

/**
 * The rules whose answer depends on colours; a colour scheme changes nothing
 * else.
 */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const RULES_OF = {
  all: { runOnly: { type: 'tag', values: RULES } },
  colours: { runOnly: { type: 'rule', values: COLOUR_RULES } },
  words: {
    runOnly: { type: 'tag', values: RULES },
    rules: Object.fromEntries(COLOUR_RULES.map((rule) => [rule, { enabled: false }])),
  },
} as const satisfies Readonly<Record<string, axe.RunOptions>>;

/**
 * What axe finds against WCAG 2.2 AA, one line each. The previews are documents
 * of their own, tested where they are made.
 * @param asked the colours alone where all the rest has been asked of the same
 *   page in another scheme; all but the colours where they have been asked of
 *   the same page in another language.
 */
export async function violations(page: Page, asked: keyof typeof RULES_OF = 'all'): Promise<string[]> {
  // A dialog that fades out still covers the screen, with colours half-way to
  // transparent.
  await settled(page);
  // Half a megabyte of script: a page that has it already keeps it.
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(axe.source);
  // Selectors, and details of what has passed, take a third of axe's time and
  // are not part of the lines.
  return page.evaluate(async (rules) => {
    const engine = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations: found } = await engine.run(
      { exclude: [['iframe']] },
      { ...rules, iframes: false, resultTypes: ['violations'], selectors: false },
    );
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id} ${html.slice(0, 120)} ${failureSummary ?? ''}`),
    );
  }, RULES_OF[asked]);
}
