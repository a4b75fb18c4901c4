import type { AnswerProblem, FormValueField, FormValues } from '#leads';
import type { PhoneLink } from '#organisations';
import { formLabels, pageWithForm } from '#rendering';
import { type AskedFields, FORM_ANCHOR, type FormOccasion, maskedEmail } from './asked-fields.js';
import { OPT_IN_TEXTS } from './opt-in-texts.js';
import { escapeHtml, frame, type PageOwner } from './page-frame.js';
import { PAGE_TEXTS } from './page-texts.js';
import { languageAttributes } from './public-language.js';

/** What a visitor can do after a submitted form. */
export interface NextSteps {
  /** What the vendor proposes first; null: nothing of its own. */
  readonly first: { readonly path: string; readonly label: string } | null;
  /** Documents to read, with their titles. `isAsked`: the form was sent for it. */
  readonly documents: readonly { readonly path: string; readonly title: string; readonly isAsked?: boolean }[];
  readonly contact: { readonly name: string | null; readonly phone: PhoneLink | null; readonly email: string | null };
  /** Of the partner, confirmed; null: none. */
  readonly website: string | null;
}

/**
 * Thanks for a submitted form, and says what to do next.
 * @param message the campaign's thank-you text, in `language` (BCP 47).
 * @param isAsked whether the person gets a mail that asks for confirmation.
 * @param isEnded whether the campaign has ended.
 */
export function thanksPage(
  message: string,
  language: string,
  isAsked: boolean,
  next: NextSteps,
  owner: PageOwner,
  isEnded = false,
): string {
  const { t, language: shownIn } = PAGE_TEXTS.in(language);
  const partner = owner.brand.name;
  const document = next.documents.find((one) => one.isAsked === true);
  const notes = [
    ...(isEnded ? [t('ended', { partner })] : []),
    ...(document === undefined ? [] : [t('document.sent', { document: document.title })]),
    ...(isAsked ? [OPT_IN_TEXTS.in(language).t('look')] : []),
  ];
  const more = notes.map((note) => `<p>${escapeHtml(note)}</p>`).join('');
  const body = `<h1>${escapeHtml(t('thanks'))}</h1><p role="status" ${languageAttributes(language)}>${escapeHtml(message)}</p>${more}${nextSteps(next, partner, shownIn)}`;
  return frame(shownIn, t('thanks'), body, owner);
}

/**
 * The answer to the form of a page that was recalled: how to reach the partner.
 * @param language BCP 47.
 */
export function recalledPage(
  outcome: 'received' | 'refused',
  language: string,
  next: NextSteps,
  owner: PageOwner,
): string {
  const { t, language: shownIn } = PAGE_TEXTS.in(language);
  const partner = owner.brand.name;
  const title = outcome === 'received' ? t('thanks') : t('errorPages.missing.title');
  const said = `<h1>${escapeHtml(title)}</h1><p role="status">${escapeHtml(t(`recalled.${outcome}`, { partner }))}</p>`;
  return frame(shownIn, title, said + nextSteps(next, partner, shownIn), owner);
}

/**
 * What a reader gets instead of something that is not valid any more.
 * @param language BCP 47.
 * @param replacement address of the page that follows; null: none.
 */
export function noticePage(
  state: 'recalled' | 'superseded' | 'ended',
  language: string,
  { next, replacement }: { readonly next: NextSteps; readonly replacement: string | null },
  owner: PageOwner,
): string {
  const { t, language: shownIn } = PAGE_TEXTS.in(language);
  const partner = owner.brand.name;
  const title = t(`recalled.${state}.title`);
  const first = replacement === null ? null : { path: replacement, label: t('recalled.superseded.link') };
  const said = `<h1>${escapeHtml(title)}</h1><p role="status">${escapeHtml(t(`recalled.${state}.text`, { partner }))}</p>`;
  return frame(shownIn, title, said + nextSteps({ ...next, first }, partner, shownIn), owner);
}

function nextSteps({ first, documents, contact, website }: NextSteps, partner: string, language: string): string {
  const { t } = PAGE_TEXTS.in(language);
  const name = contact.name ?? partner;
  const steps: readonly (readonly [href: string, label: string, detail: string])[] = [
    ...(first === null ? [] : [[first.path, first.label, ''] as const]),
    ...documents.map(
      ({ path, title, isAsked = false }) =>
        [path, isAsked ? t('document.ready', { document: title }) : t('next.read', { document: title }), ''] as const,
    ),
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
  readonly fields: AskedFields['fields'];
  readonly required: AskedFields['required'];
  readonly hidden?: AskedFields['hidden'];
  /** Absent: nothing special. */
  readonly occasion?: FormOccasion;
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
    { ...form, language },
    {
      valueOf: (field) => (form.answers[field] === '' ? undefined : escapeHtml(form.answers[field])),
      problemOf,
      consented: form.answers.consent === 'yes',
      focus: first ?? null,
    },
    above + (form.occasion === undefined ? '' : occasionNote(form.occasion, language)),
  );
  return page?.replace('<title>', () => `<title>${escapeHtml(title)}: `) ?? null;
}

/**
 * A landing page for an occasion: it says why the form is there, and asks a
 * visitor only for what is unknown.
 * @param html of the page, verified against its seal.
 * @param language of the page, BCP 47.
 */
export function occasionPage(
  html: string,
  form: { readonly action: string } & AskedFields,
  occasion: FormOccasion,
  language: string,
): string {
  return (
    pageWithForm(html, { ...form, language }, { valueOf: () => undefined }, occasionNote(occasion, language)) ?? html
  );
}

function occasionNote({ visit, document, ended }: FormOccasion, language: string): string {
  const { t, language: shownIn } = PAGE_TEXTS.in(language);
  const again = document === null ? '?' : `?document=${encodeURIComponent(document.key)}`;
  const notes = [
    ...(ended === null ? [] : [escapeHtml(t('ended', { partner: ended }))]),
    ...(document === null ? [] : [escapeHtml(t('document.asked', { document: document.title }))]),
    ...(visit === null
      ? []
      : [
          `${escapeHtml(t('visitor.known', { email: maskedEmail(visit.contact.email) }))} <a href="${escapeHtml(again)}">${escapeHtml(t('visitor.other'))}</a>`,
        ]),
  ];
  return notes
    .map(
      (note, at) =>
        `<p class="tc-legend"${at === 0 ? ` id="${FORM_ANCHOR}"` : ''} ${languageAttributes(shownIn)}>${note}</p>`,
    )
    .join('');
}
