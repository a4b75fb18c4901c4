import { FORM_STYLE, type FormField, formHtml } from '#rendering';
import { escapeHtml, frame, type PageOwner } from '../public/page-frame.js';
import { EMBED_TEXTS } from './embed-texts.js';

export const CONTACT_FIELDS: readonly FormField[] = ['firstName', 'lastName', 'email', 'company', 'phone', 'message'];
export const CONTACT_REQUIRED: readonly FormField[] = ['email'];

/** In a frame or a shadow root, the website around it has the space. */
const WITHOUT_MARGIN = '<style>body{margin-top:0}</style>';
const STYLE = `<style>${FORM_STYLE}
.tc-field{margin:0 0 14px}.tc-field label{display:block;font-weight:600}
.tc-field input,.tc-field textarea{width:100%;box-sizing:border-box;font:inherit;padding:.6rem;border:1px solid var(--line);border-radius:.5rem;background:var(--ground);color:var(--ink)}</style>`;

export const withoutMargin = (html: string): string => html.replace('</head>', () => `${WITHOUT_MARGIN}</head>`);

/** What a visitor consents to who writes to a partner after the end of a campaign. */
export const contactConsent = (partner: string, language: string): string =>
  EMBED_TEXTS.in(language).t('consent', { partner });

/**
 * What an embed shows after the end of its campaign: nothing of the vendor's, and a form, so that the
 * partner does not lose a visitor.
 * @param action where the form posts to.
 */
export function contactPage(state: 'ended' | 'recalled', language: string, action: string, owner: PageOwner): string {
  const { t, language: shownIn } = EMBED_TEXTS.in(language);
  const partner = owner.brand.name;
  const label = (field: 'firstName' | 'lastName' | 'email' | 'company' | 'phone' | 'message'): string =>
    t(`fields.${field}`);
  const labels = {
    firstName: label('firstName'),
    lastName: label('lastName'),
    email: label('email'),
    company: label('company'),
    phone: label('phone'),
    message: label('message'),
    country: '',
  };
  const rule = { fields: CONTACT_FIELDS, required: CONTACT_REQUIRED, labels, submit: t('submit') };
  const form = formHtml({ ...rule, consent: contactConsent(partner, shownIn) }, action, shownIn);
  const body = `<h1>${escapeHtml(t(state))}</h1><p>${escapeHtml(t('ask', { partner }))}</p>${form}<p class="soft">* ${escapeHtml(t('required'))}</p>`;
  return withoutMargin(frame(shownIn, t(state), body, owner).replace('</head>', () => `${STYLE}</head>`));
}

/**
 * A message to the owner of a website on which nothing else can be shown.
 * @param host of the website; empty if unknown.
 */
export function ownerMessage(kind: 'foreign' | 'missing', host: string, language: string): string {
  const { t, language: shownIn } = EMBED_TEXTS.in(language);
  const title = kind === 'foreign' ? t('foreign.title', { host }) : t('missing.title');
  const text = kind === 'foreign' ? t('foreign.text', { host }) : t('missing.text');
  return withoutMargin(frame(shownIn, title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>`));
}
