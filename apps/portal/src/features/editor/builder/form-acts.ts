import { isMap, isScalar, isSeq, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { LABELLED_FIELDS } from '#contracts';
import { changeYaml, readYamlOnly } from '../yaml-file';
import type { Act, Template } from './acts';
import { copyOf, type Texts, withCopy, withoutCopy } from './email-copy';
import type { Starter } from './starter-texts';

const CAMPAIGN = 'campaign.yaml';

export type FormFieldName = (typeof LABELLED_FIELDS)[number];
/** Texts of a form that are texts of the catalogues. */
type FormText = 'submit' | 'consent' | 'thanks';

/** The form of a page, as `campaign.yaml` describes it. */
export interface PageForm {
  readonly fields: readonly FormFieldName[];
  readonly required: readonly FormFieldName[];
  /** Keys of the catalogues. */
  readonly keys: Readonly<Record<FormText, string>>;
  /** What is offered after the form was sent: a link of the campaign, and its label. Null: nothing. */
  readonly next: { readonly link: string; readonly labelKey: string } | null;
  readonly isConfirmed: boolean;
}

const isField = (name: unknown): name is FormFieldName => LABELLED_FIELDS.some((field) => field === name);

/** The form of a page; null: it has none, or `campaign.yaml` cannot be read. */
export function formOf(texts: Texts, page: string): PageForm | null {
  const file = readYamlOnly(texts[CAMPAIGN] ?? '');
  const form = file.ok ? file.document.getIn(['pages', page, 'form']) : undefined;
  if (!isMap(form)) return null;
  const names = (key: string): FormFieldName[] => {
    const list = form.get(key);
    return isSeq(list) ? list.items.map((item) => (isScalar(item) ? item.value : null)).filter(isField) : [];
  };
  const said = (value: unknown): string => (typeof value === 'string' ? value : '');
  const text = (key: FormText): string => said(form.get(key));
  const next = form.get('next');
  return {
    fields: names('fields'),
    // As the reader of `campaign.yaml` has it.
    required: form.has('required') ? names('required') : ['email'],
    keys: { submit: text('submit'), consent: text('consent'), thanks: text('thanks') },
    next: isMap(next) ? { link: said(next.get('link')), labelKey: said(next.get('label')) } : null,
    isConfirmed: form.get('doubleOptIn') === true,
  };
}

/** Changes the form of the shown page. Other lines of `campaign.yaml` stay. */
function changeForm(template: Template, change: (form: YAMLMap) => void): Texts {
  return {
    [CAMPAIGN]: changeYaml(template.texts[CAMPAIGN] ?? '', (document) => {
      const form = document.getIn(['pages', template.key, 'form']);
      if (isMap(form)) change(form);
    }),
  };
}

/** Sets a list in place: its items keep their quotes and comments. */
function setNames(form: YAMLMap, key: 'fields' | 'required', names: readonly FormFieldName[]): void {
  const known = form.get(key);
  const list = isSeq(known) ? known : new YAMLSeq();
  const old = list.items.filter((item) => isScalar(item));
  list.items = names.map((name) => old.find(({ value }) => value === name) ?? new Scalar(name));
  if (list === known) return;
  list.flow = true;
  form.set(key, list);
}

/** The fields of the form in their order, and which of them are required. */
export function withFields(
  template: Template,
  select: number | null,
  fields: readonly FormFieldName[],
  required: readonly FormFieldName[],
): Act {
  const texts = changeForm(template, (form) => {
    setNames(form, 'fields', fields);
    const asked = fields.filter((field) => required.includes(field));
    const isUsual = !form.has('required') && asked.length === 1 && asked[0] === 'email';
    if (!isUsual) setNames(form, 'required', asked);
  });
  return { texts, select };
}

/**
 * Offers a link after the form was sent; null: no longer.
 * @param labelKey of the label, for a form that offers none yet.
 */
export const withNext = (template: Template, link: string | null, labelKey: string): Texts =>
  changeForm(template, (form) => {
    const known = form.get('next');
    if (link === null) form.delete('next');
    else if (isMap(known)) known.set('link', link);
    else {
      const next = new YAMLMap();
      next.flow = true;
      next.set('link', link);
      next.set('label', labelKey);
      form.set('next', next);
    }
  });

/** Whether the consent counts only once it is confirmed by e-mail. */
export const withConfirmation = (template: Template, select: number | null, isConfirmed: boolean): Act => ({
  texts: changeForm(template, (form) => {
    if (isConfirmed) form.set('doubleOptIn', true);
    else form.delete('doubleOptIn');
  }),
  select,
});

/** A text of the form in the shown language. */
export const readFormText = (template: Template, key: string): string =>
  copyOf(template.texts, template.locale).get(key) ?? '';

/** Sets a text of the form; an empty one is removed, so that the product's own is shown. */
export const withFormText = (template: Template, select: number | null, key: string, text: string): Act => ({
  texts:
    text === ''
      ? withoutCopy(template.texts, template.locale, key)
      : withCopy(template.texts, template.locale, key, text),
  select,
});

/** Catalogue keys of what a reader sees at a field. The label replaces the product's own. */
export const labelKey = (field: FormFieldName): string => `form.${field}`;
export const helpKey = (field: FormFieldName): string => `form.help.${field}`;

/**
 * Describes a form for a page that has none.
 * @param keyOf the key of a new text of the catalogues.
 */
export function newForm({ texts, key }: Template, keyOf: (starter: Starter) => string): Texts {
  if (formOf(texts, key) !== null || !readYamlOnly(texts[CAMPAIGN] ?? '').ok) return {};
  const form = {
    fields: ['firstName', 'lastName', 'email', 'company'],
    required: ['email'],
    submit: keyOf('submit'),
    consent: keyOf('consent'),
    thanks: keyOf('thanks'),
  };
  return {
    [CAMPAIGN]: changeYaml(texts[CAMPAIGN] ?? '', (document) => {
      document.setIn(['pages', key, 'form'], document.createNode(form, { flow: true }));
    }),
  };
}
