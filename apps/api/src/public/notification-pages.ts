import { NOTIFICATION_TEXTS, type OptOutFacts } from '#notifications';
import { escapeHtml, frame, said } from './page-frame.js';

/**
 * Shows how a kind of e-mail comes, with the choices and one button.
 * @param path of the form.
 */
export function choicePage({ kind, organisation, locale, delivery, deliveries }: OptOutFacts, path: string): string {
  const { t, language } = NOTIFICATION_TEXTS.in(locale);
  const names = { organisation, kind: t(`kinds.${kind}`) };
  const title = t('page.title', names);
  const choices = deliveries.map(
    (one) =>
      `<label class="choice"><input type="radio" name="delivery" value="${one}"${one === delivery ? ' checked' : ''}><span>${escapeHtml(t(`page.delivery.${one}`))}</span></label>`,
  );
  const body = `<h1>${escapeHtml(title)}</h1><form method="post" action="${escapeHtml(path)}"><fieldset><legend>${escapeHtml(t('page.text', names))}</legend>${choices.join('')}</fieldset><p><button>${escapeHtml(t('page.button'))}</button></p></form><p class="soft">${escapeHtml(t('page.only'))}</p>`;
  return frame(language, title, body);
}

/**
 * Confirms the choice.
 * @param account where a person changes all kinds.
 */
export function chosenPage({ kind, organisation, locale, delivery }: OptOutFacts, account: string): string {
  const { t, language } = NOTIFICATION_TEXTS.in(locale);
  const names = { organisation, kind: t(`kinds.${kind}`) };
  const title = t('page.title', names);
  const link = locale === null ? '' : `<p><a href="${escapeHtml(account)}">${escapeHtml(t('page.all'))}</a></p>`;
  return frame(
    language,
    title,
    `${said(title, t(`page.saved.${delivery}`, names))}<p class="soft">${escapeHtml(t('page.only'))}</p>${link}`,
  );
}
