import type { AnswerProblem, FormValueField, FormValues } from '#leads';
import type { PhoneLink } from '#organisations';
import { formLabels, pageWithForm } from '#rendering';
import { type AskedFields, askedFields, maskedEmail, type Visit } from './asked-fields.js';
import { OPT_IN_TEXTS } from './opt-in-texts.js';
import { escapeHtml, frame, type PageOwner } from './page-frame.js';
import { PAGE_TEXTS } from './page-texts.js';
import { languageAttributes } from './public-language.js';

/** What a visitor can do after a submitted form. */
export interface NextSteps {
  /** What the vendor proposes first; null: nothing of its own. */
  readonly first: { readonly path: string; readonly label: string } | null;
  /** Documents to read, with their titles. */
  readonly documents: readonly { readonly path: string; readonly title: string }[];
  readonly contact: { readonly name: string | null; readonly phone: PhoneLink | null; readonly email: string | null };
  /** Of the partner, confirmed; null: none. */
  readonly website: string | null;
}

/**
 * Thanks for a submitted form, and says what to do next.
 * @param message the campaign's thank-you text, in `language` (BCP 47).
 * @param isAsked whether the person gets a mail that asks for confirmation.
 */
export function thanksPage(
  message: string,
  language: string,
  isAsked: boolean,
  next: NextSteps,
  owner: PageOwner,
): string {
  const { t, language: shownIn } = PAGE_TEXTS.in(language);
  const look = isAsked ? `<p>${escapeHtml(OPT_IN_TEXTS.in(language).t('look'))}</p>` : '';
  const body = `<h1>${escapeHtml(t('thanks'))}</h1><p role="status" ${languageAttributes(language)}>${escapeHtml(message)}</p>${look}${nextSteps(next, owner.brand.name, shownIn)}`;
  return frame(shownIn, t('thanks'), body, owner);
}

function nextSteps({ first, documents, contact, website }: NextSteps, partner: string, language: string): string {
  const { t } = PAGE_TEXTS.in(language);
  const name = contact.name ?? partner;
  const steps: readonly (readonly [href: string, label: string, detail: string])[] = [
    ...(first === null ? [] : [[first.path, first.label, ''] as const]),
    ...documents.map(({ path, title }) => [path, t('next.read', { document: title }), ''] as const),
    ...(contact.phone === null ? [] : [[contact.phone.url, t('next.call', { name }), contact.phone.text] as const]),
    ...(contact.email === null ? [] : [[`mailto:${contact.email}`, t('next.mail', { name }), contact.email] as const]),
    ...(website === null ? [] : [[website, t('next.website', { partner }), ''] as const]),
  ];
  if (steps.length === 0) return '';
  const items = steps.map(
    ([href, label, detail]) =>
      `<li><a href="${escapeHtml(href)}">${escapeHtml(label)}${detail === '' ? '' : ` <span class="soft" dir="ltr">${escapeHtml(detail)}</span>`}</a></li>`,
  );
  return `<h2>${escapeHtml(t('next.title'))}</h2><ul class="next">${items.join('')}</ul>`;
}

/**
 * A landing page's form after a submission that was not accepted, with the
 * answers and the problems of each field.
 */
export interface FormAgain {
  readonly action: string;
  readonly asked: AskedFields;
  /** Who came by a personal link; null: unknown. */
  readonly visit: Visit | null;
  readonly answers: FormValues;
  readonly problems: ReadonlyMap<FormValueField, AnswerProblem>;
  /**
   * Too many requests came from this address, so the form was not checked. It
   * may be sent again.
   */
  readonly isBusy: boolean;
}

/**
 * The same landing page, with what was typed and what is wrong with it.
 * @param html of the landing page.
 * @param language of the form, BCP 47.
 * @returns null for a page without a form.
 */
export function formAgainPage(html: string, form: FormAgain, language: string): string | null {
  const { t, language: shownIn } = PAGE_TEXTS.in(language);
  const title = form.isBusy ? t('errorPages.busy.title') : t('checkFields');
  const labels = formLabels(html);
  const problemOf = (field: FormValueField): string | undefined => {
    const problem = form.problems.get(field);
    return problem === undefined ? undefined : escapeHtml(t(`problems.${problem}`));
  };
  const list = [...form.problems.keys()].map(
    (field) => `<li><a href="#tc-${field}">${labels[field] ?? field}</a>: ${problemOf(field) ?? ''}</li>`,
  );
  const text = form.isBusy ? `<br>${escapeHtml(t('sendLater'))}` : `<ul>${list.join('')}</ul>`;
  const above = `<div class="tc-alert" role="alert" ${languageAttributes(shownIn)}><strong>${escapeHtml(title)}</strong>${text}</div>`;
  const [first] = form.problems.keys();
  const page = pageWithForm(
    html,
    { ...form.asked, action: form.action, language },
    {
      valueOf: (field) => (form.answers[field] === '' ? undefined : escapeHtml(form.answers[field])),
      problemOf,
      consented: form.answers.consent === 'yes',
      focus: first ?? null,
    },
    above + visitorNote(form.visit, language),
  );
  return page?.replace('<title>', () => `<title>${escapeHtml(title)}: `) ?? null;
}

/**
 * A landing page for a visitor: its form asks only for what is unknown.
 * @param html of the page, verified against its seal.
 * @param language of the page, BCP 47.
 */
export function visitorPage(
  html: string,
  form: Pick<FormAgain, 'action'> & Pick<AskedFields, 'fields' | 'required'>,
  visit: Visit,
  language: string,
): string {
  const asked = { ...askedFields(form, visit), action: form.action, language };
  return pageWithForm(html, asked, { valueOf: () => undefined }, visitorNote(visit, language)) ?? html;
}

function visitorNote(visit: Visit | null, language: string): string {
  if (visit === null) return '';
  const { t, language: shownIn } = PAGE_TEXTS.in(language);
  const known = escapeHtml(t('visitor.known', { email: maskedEmail(visit.contact.email) }));
  return `<p class="tc-legend" ${languageAttributes(shownIn)}>${known} <a href="?">${escapeHtml(t('visitor.other'))}</a></p>`;
}
