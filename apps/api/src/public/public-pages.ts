import { FORM_LANGUAGE, type FormField, SPAM_TRAP } from '#rendering';
import type { PageBrand } from '#brand';
import type { OptIn } from '#contacts';
import type { EmailPreference } from '#engagement';
import type { FormValueField, AnswerProblem, FormValues } from '#leads';
import { OPT_IN_TEXTS } from './opt-in-texts.js';
import { type ErrorPageKind, PAGE_TEXTS } from './page-texts.js';
import { languageAttributes } from './public-language.js';
import { UNSUBSCRIBE_TEXTS } from './unsubscribe-texts.js';

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const PLAIN: PageBrand = { name: '', logo: null, colours: null };
const COLOUR = /^#[0-9a-f]{6}$/i;

function frame(lang: string, title: string, body: string, { name, logo, colours }: PageBrand = PLAIN): string {
  const [back, front] =
    colours !== null && COLOUR.test(colours.primary) && COLOUR.test(colours.onPrimary)
      ? [colours.primary, colours.onPrimary]
      : ['#1f3fbf', '#ffffff'];
  const picture = logo === null ? '' : `<p class="logo"><img src="${logo}" alt="${escapeHtml(name)}" height="60"></p>`;
  return `<!doctype html><html ${languageAttributes(lang)}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title>
<style>:root{color-scheme:light;font:18px/1.5 system-ui,sans-serif;background:#fff;color:#1b1f29}body{max-width:32rem;margin:10vh auto 0;padding:0 1.25rem}fieldset{border:0;margin:0 0 1rem;padding:0}label{display:block;padding:.35rem 0}input{width:1.1rem;height:1.1rem;margin-inline-end:.6rem}button{font:inherit;padding:.7rem 1.4rem;border:0;border-radius:.5rem;background:${back};color:${front};cursor:pointer}button:focus-visible,input:focus-visible{outline:3px solid #8aa4ff;outline-offset:2px}.line,textarea{box-sizing:border-box;width:100%;height:auto;margin:0 0 .75rem;padding:.5rem;font:inherit;border:1px solid #8a90a0;border-radius:.4rem}[aria-invalid]{border-color:#b42318}.logo img{max-width:100%}</style></head>
<body><main>${picture}${body}</main></body></html>`;
}

const PREFERENCES = ['unsubscribe', 'monthly', 'vendor', 'all'] as const;

const TOPIC = 'topic:';

/**
 * @param topics of e-mails that the contact received.
 * @returns `unsubscribe` for a value that the page does not offer.
 */
export function readPreference(value: unknown, topics: readonly string[]): EmailPreference {
  const topic = topics.find((one) => value === `${TOPIC}${one}`);
  return topic === undefined ? (PREFERENCES.find((one) => one === value) ?? 'unsubscribe') : { topic };
}

/**
 * Asks which e-mails the contact wants. The form posts to the page's own
 * address.
 * @param isUnsubscribed whether the contact had unsubscribed from the partner
 *   before.
 * @param languages BCP 47, the best first.
 */
export function unsubscribePage(
  brand: PageBrand,
  vendor: string,
  topics: readonly string[],
  isUnsubscribed: boolean,
  languages: readonly (string | null)[],
): string {
  const { t, language } = UNSUBSCRIBE_TEXTS.in(...languages);
  const partner = brand.name;
  const labels: readonly (readonly [value: string, label: string])[] = [
    ['unsubscribe', t('unsubscribe', { partner })],
    ...topics.map((topic) => [`${TOPIC}${topic}`, t('topic', { topic, partner })] as const),
    ['monthly', t('monthly', { partner })],
    ['vendor', t('vendor', { vendor })],
    ['all', t('all')],
  ];
  const choices = labels.map(
    ([value, label]) =>
      `<label><input type="radio" name="choice" value="${escapeHtml(value)}"${value === 'unsubscribe' ? ' checked' : ''}>${escapeHtml(label)}</label>`,
  );
  return frame(
    language,
    t('title'),
    `<h1>${escapeHtml(t('title'))}</h1>${isUnsubscribed ? `<p role="status">${escapeHtml(t('stillUnsubscribed', { partner }))}</p>` : ''}<form method="post"><fieldset><legend>${escapeHtml(t('ask', { partner }))}</legend>${choices.join('')}</fieldset><button>${escapeHtml(t('button'))}</button></form>`,
    brand,
  );
}

/**
 * Confirms the choice of e-mails.
 * @param isUnsubscribed whether the contact had unsubscribed from the partner
 *   before.
 * @param languages BCP 47, the best first.
 */
export function unsubscribedPage(
  choice: EmailPreference,
  brand: PageBrand,
  vendor: string,
  isUnsubscribed: boolean,
  languages: readonly (string | null)[],
): string {
  const { t, language } = UNSUBSCRIBE_TEXTS.in(...languages);
  const partner = brand.name;
  const changed = isUnsubscribed ? t('stillUnsubscribed', { partner }) : t('changed');
  const done =
    typeof choice === 'object'
      ? t('unsubscribedTopic', { topic: choice.topic, partner })
      : choice === 'unsubscribe'
        ? t('unsubscribed', { partner })
        : choice === 'vendor'
          ? t('unsubscribedVendor', { vendor })
          : changed;
  return frame(
    language,
    t('title'),
    `<h1>${escapeHtml(t('title'))}</h1><p role="status">${escapeHtml(done)}</p>`,
    brand,
  );
}

/**
 * Thanks for a submitted form.
 * @param message the campaign's thank-you text, in `language` (BCP 47).
 * @param isAsked whether the person gets a mail that asks for confirmation.
 */
export function thanksPage(message: string, language: string, isAsked: boolean, brand: PageBrand): string {
  const { t, language: shownIn } = UNSUBSCRIBE_TEXTS.in(language);
  const look = isAsked ? `<p>${escapeHtml(OPT_IN_TEXTS.in(language).t('look'))}</p>` : '';
  return frame(
    shownIn,
    t('thanks'),
    `<h1>${escapeHtml(t('thanks'))}</h1><p role="status" ${languageAttributes(language)}>${escapeHtml(message)}</p>${look}`,
    brand,
  );
}

/**
 * Asks a person to confirm an opt-in. The form posts to the page's own address.
 * After confirmation, shows the result.
 */
export function confirmPage({ state, textShown, language }: OptIn, brand: PageBrand): string {
  const { t, language: shownIn } = OPT_IN_TEXTS.in(language);
  const partner = brand.name;
  const title = `<h1>${escapeHtml(t('title'))}</h1>`;
  const said = (text: string): string => `${title}<p role="status">${escapeHtml(text)}</p>`;
  const bodies: Readonly<Record<OptIn['state'], string>> = {
    open: `${title}<p>${escapeHtml(t('ask', { partner }))}</p><blockquote dir="auto">${escapeHtml(textShown)}</blockquote><form method="post"><button>${escapeHtml(t('button'))}</button></form>`,
    confirmed: said(t('done', { partner })),
    expired: said(t('expired')),
  };
  return frame(shownIn, t('title'), bodies[state], brand);
}

/**
 * Reloads after three seconds, without a script.
 * @param path address that the browser then loads.
 * @param language BCP 47.
 */
export function waitPage(path: string, language: string): string {
  const { t, language: shownIn } = PAGE_TEXTS.in(language);
  return `<!doctype html><html ${languageAttributes(shownIn)}><head><meta charset="utf-8"><meta name="robots" content="noindex"><meta http-equiv="refresh" content="3;url=${escapeHtml(path)}"><title>${t('wait')}</title></head><body><p>${t('wait')}</p></body></html>`;
}

/**
 * Explains a dead link or a refused form, and what to do.
 * @param language BCP 47.
 */
export function errorPage(kind: ErrorPageKind, language: string): string {
  const { t, language: shownIn } = PAGE_TEXTS.in(language);
  const title = t(`errorPages.${kind}.title`);
  return frame(shownIn, title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(t(`errorPages.${kind}.text`))}</p>`);
}

/**
 * A landing page's form after a submission that was not accepted, with the
 * visible labels, the answers and the problems of each field.
 */
export interface FormAgain {
  readonly action: string;
  readonly fields: readonly FormField[];
  readonly required: readonly FormField[];
  /** Visible labels of the landing page, as HTML. */
  readonly labels: Readonly<Record<string, string>>;
  readonly answers: FormValues;
  readonly problems: ReadonlyMap<FormValueField, AnswerProblem>;
  /**
   * Too many requests came from this address, so the form was not checked. It
   * may be sent again.
   */
  readonly isBusy: boolean;
}

export function formAgainPage(form: FormAgain, brand: PageBrand, language: string): string {
  const { t, language: shownIn } = PAGE_TEXTS.in(language);
  const title = form.isBusy ? t('errorPages.busy.title') : t('checkFields');
  const busy = form.isBusy ? `<p role="alert">${escapeHtml(t('sendLater'))}</p>` : '';
  const label = (field: FormValueField): string => form.labels[field] ?? field;
  const list = [...form.problems].map(
    ([field, problem]) => `<li><a href="#${field}">${label(field)}</a>: ${escapeHtml(t(`problems.${problem}`))}</li>`,
  );
  const inputs = form.fields.map((field) => {
    const common = `id="${field}" name="${field}"${form.required.includes(field) ? ' required' : ''}${form.problems.has(field) ? ' aria-invalid="true"' : ''}`;
    const value = escapeHtml(form.answers[field]);
    const input =
      field === 'message'
        ? `<textarea ${common} rows="4">\n${value}</textarea>`
        : `<input type="${field === 'email' ? 'email' : 'text'}" class="line" ${common} value="${value}">`;
    return `<label for="${field}">${label(field)}</label>${input}`;
  });
  const consent = `<label><input type="checkbox" id="consent" name="consent" value="yes" required${form.answers.consent === 'yes' ? ' checked' : ''}>${label('consent')}</label>`;
  const read = `<input type="hidden" name="${FORM_LANGUAGE}" value="${escapeHtml(language)}">`;
  const trap = `<input type="text" name="${SPAM_TRAP}" hidden tabindex="-1" autocomplete="off">`;
  return frame(
    shownIn,
    title,
    `<h1>${escapeHtml(title)}</h1>${busy}${list.length === 0 ? '' : `<ul role="alert">${list.join('')}</ul>`}<form method="post" action="${escapeHtml(form.action)}"><fieldset>${read}${inputs.join('')}${trap}${consent}</fieldset><button>${escapeHtml(t('send'))}</button></form>`,
    brand,
  );
}
