import type { SourceProblem } from '#kernel';
import type { FormField, FormRule, FormTexts } from '#rendering';
import type { FormDefinition } from '../definition/campaign-definition.js';
import type { Catalogue } from '../definition/catalogue.js';
import ar from './texts/form-labels/ar.json' with { type: 'json' };
import de from './texts/form-labels/de.json' with { type: 'json' };
import en from './texts/form-labels/en.json' with { type: 'json' };
import es from './texts/form-labels/es.json' with { type: 'json' };
import fr from './texts/form-labels/fr.json' with { type: 'json' };
import he from './texts/form-labels/he.json' with { type: 'json' };
import it from './texts/form-labels/it.json' with { type: 'json' };
import nl from './texts/form-labels/nl.json' with { type: 'json' };

/**
 * Default labels by language. A catalogue key `form.<field>` overrides them.
 * Without i18next: a language that has none is an error, not English.
 */
const LABELS: Readonly<Partial<Record<string, Readonly<Record<FormField | keyof FormTexts, string>>>>> = {
  en,
  de,
  fr,
  es,
  it,
  nl,
  ar,
  he,
};

/**
 * The form of a page in one locale, with the catalogue keys that it uses and
 * those that are missing.
 */
export function formRule(
  form: FormDefinition,
  catalogue: Catalogue,
): { rule: FormRule; usedKeys: readonly string[]; problems: readonly SourceProblem[] } {
  const { texts, locale, file, positionForMissing: gapAt } = catalogue;
  const problems: SourceProblem[] = [];
  const ofLanguage = LABELS[locale.split('-')[0] ?? ''];
  const label = (field: FormField): string => {
    const text = texts[`form.${field}`] ?? ofLanguage?.[field];
    if (text === undefined) {
      problems.push({
        code: 'key-missing',
        severity: 'error',
        file,
        ...gapAt(`form.${field}`),
        message: `The form's field ${field} has no label in ${locale}.`,
        remedy: `Add form.${field} to ${file}.`,
      });
    }
    return text ?? field;
  };
  const labels = Object.fromEntries(form.fields.map((field) => [field, label(field)])) as Record<FormField, string>;
  const help = Object.fromEntries(
    form.fields.flatMap((field) => {
      const text = texts[`form.help.${field}`];
      return text === undefined || text.trim() === '' ? [] : [[field, text]];
    }),
  ) as Partial<Record<FormField, string>>;
  return {
    rule: {
      fields: form.fields,
      required: form.required,
      labels,
      // Forms without help keep the seals that they have.
      ...(Object.keys(help).length === 0 ? {} : { help }),
      submit: texts[form.submit] ?? '',
      consent: texts[form.consent] ?? '',
      texts: ofLanguage ?? null,
    },
    usedKeys: [
      ...form.fields.flatMap((field) => [`form.${field}`, `form.help.${field}`]),
      form.submit,
      form.consent,
      form.thanks,
      ...(form.next === undefined ? [] : [form.next.label]),
    ],
    problems,
  };
}
