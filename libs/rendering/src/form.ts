import { escapeHtml } from './values.js';

/**
 * The vendor's form on a landing page, from campaign.yaml. Texts come from the
 * catalogue.
 */
export interface FormRule {
  readonly fields: readonly FormField[];
  readonly required: readonly FormField[];
  readonly labels: Readonly<Record<FormField, string>>;
  readonly submit: string;
  readonly consent: string;
}

export const FORM_FIELDS = ['firstName', 'lastName', 'email', 'company', 'phone', 'country', 'message'] as const;
export type FormField = (typeof FORM_FIELDS)[number];

const AUTOCOMPLETE: Readonly<Record<FormField, string>> = {
  firstName: 'given-name',
  lastName: 'family-name',
  email: 'email',
  company: 'organization',
  phone: 'tel',
  country: 'country-name',
  message: 'off',
};
const INPUT_TYPE: Readonly<Partial<Record<FormField, string>>> = { email: 'email', phone: 'tel' };

/** Name of a hidden field that only programs fill in. */
export const SPAM_TRAP = 'website_url';

/** Name of the field with the language of the form. */
export const FORM_LANGUAGE = 'language';

/**
 * The form's HTML: posts without script, every input has a label, consent is
 * explicit and recorded as shown.
 * @param action the token of `form.action`.
 * @param language of the page: the consent is recorded in this language, not in
 *   the browser's.
 */
export function formHtml(rule: FormRule, action: string, language: string): string {
  const inputs = rule.fields.map((field) => {
    const required = rule.required.includes(field) ? ' required aria-required="true"' : '';
    const common = `id="tc-${field}" name="${field}" autocomplete="${AUTOCOMPLETE[field]}" maxlength="${field === 'message' ? 1000 : 120}"${required}`;
    const input =
      field === 'message'
        ? `<textarea ${common} rows="4"></textarea>`
        : `<input type="${INPUT_TYPE[field] ?? 'text'}" ${common}>`;
    return `<p class="tc-field"><label for="tc-${field}">${escapeHtml(rule.labels[field])}</label>${input}</p>`;
  });
  const trap = `<p class="tc-trap" aria-hidden="true"><label for="tc-trap">Website</label><input type="text" id="tc-trap" name="${SPAM_TRAP}" tabindex="-1" autocomplete="off"></p>`;
  const consent = `<p class="tc-consent"><input type="checkbox" id="tc-consent" name="consent" value="yes" required><label for="tc-consent">${escapeHtml(rule.consent)}</label></p>`;
  const told = `<input type="hidden" name="${FORM_LANGUAGE}" value="${language}">`;
  return `<form class="tc-form" method="post" action="${action}">${told}${inputs.join('')}${trap}${consent}<p class="tc-submit"><button type="submit">${escapeHtml(rule.submit)}</button></p></form>`;
}

/**
 * Hides the trap field without script. It moves up, because moving sideways
 * would widen the page in one text direction.
 */
export const FORM_STYLE = '.tc-trap{position:absolute;top:-10000px;left:0;width:1px;height:1px;overflow:hidden}';

/** Labels of the form's fields on a page, as HTML. */
export function formLabels(html: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...html.matchAll(/<label for="tc-(\w+)">([^<]*)<\/label>/g)].map(([, field = '', label = '']) => [field, label]),
  );
}
