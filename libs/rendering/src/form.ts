import { escapeHtml } from './values.js';

/**
 * The vendor's form on a landing page, from campaign.yaml. Texts come from the
 * catalogue.
 */
export interface FormRule {
  readonly fields: readonly FormField[];
  readonly required: readonly FormField[];
  readonly labels: Readonly<Record<Exclude<FormField, DateField>, string> & Partial<Record<DateField, string>>>;
  /** What helps a reader to fill in a field. Missing for most. */
  readonly help?: Readonly<Partial<Record<FormField, string>>>;
  readonly submit: string;
  readonly consent: string;
  /**
   * Texts of the form itself. Null in a language without: no legend, and no
   * form that is filled in, since nothing could say how to empty it.
   */
  readonly texts?: FormTexts | null;
}

export interface FormTexts {
  /** Legend of the mark of required fields. */
  readonly required: string;
  /** The form is filled in for the person of the link. */
  readonly known: string;
  /** Empties the form: another person has the link. */
  readonly empty: string;
}

/**
 * The dates of a contact: libs/contracts/src/contact-date.ts. Workers load this
 * lib without the contracts.
 */
const DATE_FIELDS = ['renewsOn', 'warrantyEndsOn', 'trialEndsOn', 'purchasedOn'] as const;
type DateField = (typeof DATE_FIELDS)[number];
const isDateField = (field: FormField): field is DateField => DATE_FIELDS.some((date) => date === field);

export const FORM_FIELDS = [
  'firstName',
  'lastName',
  'email',
  'company',
  'phone',
  'country',
  ...DATE_FIELDS,
  'message',
] as const;
export type FormField = (typeof FORM_FIELDS)[number];

const AUTOCOMPLETE: Readonly<Record<Exclude<FormField, DateField>, string>> = {
  firstName: 'given-name',
  lastName: 'family-name',
  email: 'email',
  company: 'organization',
  phone: 'tel',
  country: 'country-name',
  message: 'off',
};
const INPUT_TYPE: Readonly<Partial<Record<FormField, string>>> = { email: 'email', phone: 'tel' };
const typeOf = (field: FormField): string => (isDateField(field) ? 'date' : (INPUT_TYPE[field] ?? 'text'));

/** What a browser offers for a field, and how much it takes. */
function limitsOf(field: FormField): string {
  if (isDateField(field)) return 'autocomplete="off"';
  return `autocomplete="${AUTOCOMPLETE[field]}" maxlength="${field === 'message' ? 1000 : 120}"`;
}

/** Fields that a personal link fills in, from the contact of the link. */
export const KNOWN_FIELDS = ['firstName', 'lastName', 'email', 'company', 'phone'] as const;

/** Name of a hidden field that only programs fill in. */
export const SPAM_TRAP = 'website_url';

/** Name of the field with the language of the form. */
export const FORM_LANGUAGE = 'language';

/** Name of the field with the click by which a visitor came; see `Visitors.ofPage`. */
export const VISITOR_CLICK = 't';

/** Marks a required field. Screen readers read the attribute of the field. */
const STAR = '<span class="tc-star" aria-hidden="true"> *</span>';

/** What a form shows in its fields. */
export interface FormContent {
  /** HTML in a field's `value`; absent: empty. */
  readonly valueOf: (field: FormField) => string | undefined;
  /** What is wrong with a field, as HTML; absent: nothing. */
  readonly problemOf?: (field: FormField | 'consent') => string | undefined;
  readonly consented?: boolean;
  /** The field in which the reader starts; null or absent: none. */
  readonly focus?: FormField | 'consent' | null;
}

/**
 * The form's HTML: posts without script, every input has a label, consent is
 * explicit and recorded as shown.
 * @param action the token of `form.action`.
 * @param language of the page: the consent is recorded in this language, not in
 *   the browser's.
 */
export function formHtml(
  rule: FormRule,
  action: string,
  language: string,
  content: FormContent = { valueOf: () => undefined },
): string {
  const { texts = null } = rule;
  const known =
    texts === null
      ? ''
      : `<p class="tc-known">${escapeHtml(texts.known)} <a href="?">${escapeHtml(texts.empty)}</a></p>`;
  const legend = texts === null ? '' : `<p class="tc-legend">* ${escapeHtml(texts.required)}</p>`;
  const labels = Object.fromEntries(rule.fields.map((field) => [field, escapeHtml(rule.labels[field] ?? '')]));
  const told = `<input type="hidden" name="${FORM_LANGUAGE}" value="${language}">`;
  const help = Object.fromEntries(Object.entries(rule.help ?? {}).map(([field, text]) => [field, escapeHtml(text)]));
  const inputs = formInputs({ ...rule, labels, help }, content);
  return `<form class="tc-form" method="post" action="${action}">${told}${known}${inputs}${TRAP}${consentField(escapeHtml(rule.consent), content)}${legend}<p class="tc-submit"><button type="submit">${escapeHtml(rule.submit)}</button></p></form>`;
}

const TRAP = `<p class="tc-trap" aria-hidden="true"><label for="tc-trap">Website</label><input type="text" id="tc-trap" name="${SPAM_TRAP}" tabindex="-1" autocomplete="off"></p>`;

interface Inputs extends Pick<FormRule, 'fields' | 'required'> {
  readonly labels: Readonly<Record<string, string>>;
  readonly help: Readonly<Record<string, string>>;
}

/** The fields, with labels and help as HTML. */
function formInputs(
  { fields, required, labels, help }: Inputs,
  { valueOf, problemOf = () => undefined, focus = null }: FormContent,
): string {
  return fields
    .map((field) => {
      const isRequired = required.includes(field);
      const problem = problemOf(field);
      const common = `id="tc-${field}" name="${field}" ${limitsOf(field)}${isRequired ? ' required aria-required="true"' : ''}${described(field, problem, help[field])}${focus === field ? ' autofocus' : ''}`;
      const value = valueOf(field);
      const input =
        field === 'message'
          ? `<textarea ${common} rows="4">${value === undefined ? '' : `\n${value}`}</textarea>`
          : `<input type="${typeOf(field)}" ${common}${value === undefined ? '' : ` value="${value}"`}>`;
      return `<p class="tc-field"><label for="tc-${field}">${labels[field] ?? ''}${isRequired ? STAR : ''}</label>${helpNote(field, help[field])}${input}${problemNote(field, problem)}</p>`;
    })
    .join('');
}

function described(field: string, problem: string | undefined, help: string | undefined): string {
  const notes = [...(help === undefined ? [] : ['help']), ...(problem === undefined ? [] : ['problem'])];
  const ids = notes.map((note) => `tc-${field}-${note}`).join(' ');
  return `${problem === undefined ? '' : ' aria-invalid="true"'}${ids === '' ? '' : ` aria-describedby="${ids}"`}`;
}
const helpNote = (field: string, help: string | undefined): string =>
  help === undefined ? '' : `<small class="tc-help" id="tc-${field}-help">${help}</small>`;
const problemNote = (field: string, problem: string | undefined): string =>
  problem === undefined ? '' : `<strong class="tc-problem" id="tc-${field}-problem">${problem}</strong>`;

/** @param text as HTML. */
function consentField(
  text: string,
  { consented = false, problemOf = () => undefined, focus = null }: FormContent,
): string {
  const problem = problemOf('consent');
  return `<p class="tc-consent"><input type="checkbox" id="tc-consent" name="consent" value="yes" required${consented ? ' checked' : ''}${described('consent', problem, undefined)}${focus === 'consent' ? ' autofocus' : ''}><label for="tc-consent">${text}${STAR}</label></p>${problem === undefined ? '' : `<p>${problemNote('consent', problem)}</p>`}`;
}

/**
 * Hides the trap field without script. It moves up, because moving sideways
 * would widen the page in one text direction. The sentence about a filled form
 * shows only in one that is filled in.
 */
export const FORM_STYLE =
  '.tc-trap{position:absolute;top:-10000px;left:0;width:1px;height:1px;overflow:hidden}' +
  '.tc-known{display:none}.tc-form:has(input[type=email][value]:not([value=""])) .tc-known{display:block}' +
  '.tc-help{display:block;margin:0 0 4px}' +
  '.tc-field textarea{font:inherit;width:100%;box-sizing:border-box}.tc-legend,.tc-known{font-size:14px}' +
  '.tc-consent{display:flex;gap:10px;align-items:flex-start}.tc-consent input{flex:none}';

/** Whether a page has its form. */
export const hasForm = (html: string): boolean => html.includes(OPEN);

/** Labels of the form's fields on a page, as HTML. */
export function formLabels(html: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...html.matchAll(/<label for="tc-(\w+)">([^<]*)</g)].map(([, field = '', label = '']) => [field, label]),
  );
}

/** Help of the form's fields on a page, as HTML. */
const formHelp = (html: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...html.matchAll(/<small class="tc-help" id="tc-(\w+)-help">([^<]*)</g)].map(([, field = '', text = '']) => [
      field,
      text,
    ]),
  );

const OPEN = '<form class="tc-form';
const CLOSE = '</form>';
const BUTTON = /<button type="submit">([^<]*)<\/button>/;
const LEGEND = /<p class="tc-legend">[^<]*<\/p>/;

/**
 * A landing page whose form is another than compiled: with fewer fields, with
 * what was typed, or with what is wrong. The same page, the same button.
 * @param html of the page, with its form as compiled.
 * @param above HTML above the fields: what is wrong, in short.
 * @returns null for a page without a form.
 */
export function pageWithForm(
  html: string,
  rule: Pick<FormRule, 'fields' | 'required'> & {
    readonly action: string;
    readonly language: string;
    /** Values that the form sends along, by name. */
    readonly hidden?: Readonly<Record<string, string>>;
  },
  content: FormContent,
  above: string,
): string | null {
  const start = html.indexOf(OPEN);
  const end = html.indexOf(CLOSE, start);
  if (start === -1 || end === -1) return null;
  const form = html.slice(start, end);
  const labels = formLabels(form);
  const [button = ''] = BUTTON.exec(form) ?? [];
  const [legend = ''] = LEGEND.exec(form) ?? [];
  const told = Object.entries({ [FORM_LANGUAGE]: rule.language, ...rule.hidden })
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('');
  const again = `<form class="tc-form" method="post" action="${escapeHtml(rule.action)}">${PROBLEM_STYLE}${told}${above}${formInputs({ ...rule, labels, help: formHelp(form) }, content)}${TRAP}${consentField(labels['consent'] ?? '', content)}${legend}<p class="tc-submit">${button}</p>`;
  return html.slice(0, start) + again + html.slice(end);
}

const PROBLEM_STYLE =
  '<style>.tc-problem{display:block;margin:4px 0;font-size:14px;color:#b42318}.tc-form [aria-invalid]{border-color:#b42318;outline:1px solid #b42318}.tc-alert{border:2px solid #b42318;border-radius:8px;padding:12px 16px;margin:0 0 16px;background:#fff;color:#27303f}@media (prefers-color-scheme:dark){.tc-problem{color:#ff9a8f}}</style>';
