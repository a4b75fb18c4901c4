import { type StopFacts, VIEW_TEXTS } from '#saved-views';
import { escapeHtml, frame, said } from './page-frame.js';

interface StopLinks {
  /** Of the form. */
  readonly here: string;
  /** The page that stops all e-mails with views. */
  readonly all: string;
  /** Where a person changes when views are sent. */
  readonly portal: string;
}

/** Asks whether one saved view is sent no longer. */
export function stopPage(facts: StopFacts, links: StopLinks): string {
  const { t, language } = VIEW_TEXTS.in(facts.locale);
  const { organisation, name } = facts;
  if (name === null)
    return frame(language, t('stopPage.over'), said(t('stopPage.over'), t('stopPage.overText')) + others(facts, links));
  const title = t('stopPage.title', { name });
  const body = `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(t('stopPage.text', { organisation }))}</p><form method="post" action="${escapeHtml(links.here)}"><p><button>${escapeHtml(t('stopPage.button'))}</button></p></form>`;
  return frame(language, title, body + others(facts, links));
}

/** Confirms that one saved view is sent no longer. */
export function stoppedPage(facts: StopFacts, links: StopLinks): string {
  const { t, language } = VIEW_TEXTS.in(facts.locale);
  const { name } = facts;
  const text = name === null ? t('stopPage.overText') : t('stopPage.stopped', { name });
  return frame(language, t('stopPage.over'), said(t('stopPage.over'), text) + others(facts, links));
}

function others({ locale, organisation }: StopFacts, { all, portal }: StopLinks): string {
  const { t } = VIEW_TEXTS.in(locale);
  return `<p><a href="${escapeHtml(all)}">${escapeHtml(t('stopPage.all', { organisation }))}</a></p><p><a href="${escapeHtml(portal)}">${escapeHtml(t('stopPage.portal'))}</a></p>`;
}
