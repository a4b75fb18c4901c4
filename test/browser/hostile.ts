import type { Visitor } from './portal.js';

/**
 * Markup, a script, a direction that is turned, a picture sign, and a word
 * without an end: all of it only ever text.
 */
export const HOSTILE = `<img src=x onerror="window.ran=1"><script>window.ran=1</script> \u202eabc\u202c 🎉 ${'Rinderkennzeichnung'.repeat(3)}`;
/** The same in a few letters, for names that may not be long. */
export const HOSTILE_NAME = `<b>Zoë</b>\u202e🎉 ${'W'.repeat(30)}`;
/** The same without its hidden character, as names in mails may be. */
export const HOSTILE_MAIL_NAME = HOSTILE_NAME.replace('\u202e', '');
/** One word of ten thousand letters. */
export const ENDLESS = 'W'.repeat(10_000);

/**
 * In the page: what stands beyond its right edge, though nothing scrolls there;
 * by its words.
 */
const BEYOND = `[...document.querySelectorAll('main *, [role=dialog] *, [role=alert] *')]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
  .filter((one) => { for (let at = one; at; at = at.parentElement) if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX) || at.classList.contains('cm-editor')) return false; return true; })
  .filter((one) => { for (let at = one.parentElement; at; at = at.parentElement) if (['hidden', 'clip'].includes(getComputedStyle(at).overflowX) && at.getBoundingClientRect().right <= innerWidth + 1) return false; return true; })
  .map((one) => one.tagName + ' ' + (one.textContent ?? '').slice(0, 60))`;

/** It is text, nothing of it ran, and nothing is wider than a phone. */
export async function isOnlyText(visitor: Visitor, where: string): Promise<void> {
  const { page, errors } = visitor;
  await visitor.allThere();
  expect({ where, ran: await page.evaluate('window.ran ?? null') }).toEqual({ where, ran: null });
  const made = page.locator('img[src="x"], b[onmouseover], b:text-is("Zoë"), i:text-is("gold")');
  expect({ where, made: await made.count() }).toEqual({ where, made: 0 });
  expect({ where, beyond: await page.evaluate<string[]>(BEYOND) }).toEqual({ where, beyond: [] });
  const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect({ where, wider: await page.evaluate<number>(wider) }).toEqual({ where, wider: 0 });
  expect(errors).toEqual([]);
}
