import type { OptIn } from '#contacts';
import { OPT_IN_TEXTS } from './opt-in-texts.js';
import { escapeHtml, frame, type PageOwner, said } from './page-frame.js';
import { type ErrorPageKind, PAGE_TEXTS } from './page-texts.js';
import { languageAttributes } from './public-language.js';

/**
 * Asks a person to confirm an opt-in. The form posts to the page's own address.
 * After confirmation, shows the result.
 */
export function confirmPage({ state, textShown, language }: OptIn, owner: PageOwner): string {
  const { t, language: shownIn } = OPT_IN_TEXTS.in(language);
  const partner = owner.brand.name;
  const title = t('title');
  const bodies: Readonly<Record<OptIn['state'], string>> = {
    open: `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(t('ask', { partner }))}</p><blockquote dir="auto">${escapeHtml(textShown)}</blockquote><form method="post"><button>${escapeHtml(t('button'))}</button></form>`,
    confirmed: said(title, t('done', { partner })),
    expired: said(title, t('expired')),
  };
  return frame(shownIn, title, bodies[state], owner);
}

/**
 * Reloads after three seconds, without a script.
 * @param path address that the browser then loads.
 * @param language BCP 47.
 */
export function waitPage(path: string, language: string): string {
  const { t, language: shownIn } = PAGE_TEXTS.in(language);
  return `<!doctype html><html ${languageAttributes(shownIn)}><head><meta charset="utf-8"><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><meta http-equiv="refresh" content="3;url=${escapeHtml(path)}"><title>${t('wait')}</title></head><body><p>${t('wait')}</p></body></html>`;
}

/**
 * Explains a dead link or a refused form, and what to do.
 * @param language BCP 47.
 * @param company that is responsible for a closed page.
 */
export function errorPage(kind: ErrorPageKind, language: string, company = ''): string {
  const { t, language: shownIn } = PAGE_TEXTS.in(language);
  const title = t(`errorPages.${kind}.title`);
  return frame(
    shownIn,
    title,
    `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(t(`errorPages.${kind}.text`, { company }))}</p>`,
  );
}
