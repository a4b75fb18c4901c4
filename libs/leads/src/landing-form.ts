import { type Locale, parseLocale } from '#kernel';
import { checkField, withoutUnsafeCharacters } from '#contacts';
import { CONTACT_DATES, type ContactDate, isContactDate, parseEmail } from '#contracts';
import { FORM_FIELDS, FORM_LANGUAGE, type FormField, SPAM_TRAP } from '#rendering';

/** The values of a landing page's form. A field that was left out is empty. */
export type FormValues = Readonly<Record<FormField | 'consent' | typeof SPAM_TRAP, string>>;
export type FormValueField = FormField | 'consent';
/** What a person answered in the fields of a form, typed. Empty fields are left out. */
export type FormAnswers = Readonly<Partial<Record<FormField, string>>>;
/** What is wrong with a field. */
export type AnswerProblem =
  | 'empty'
  | 'too-long'
  | 'no-address'
  | 'no-phone'
  | 'no-date'
  | 'address-in-name'
  | 'no-consent';

/** Maximum lengths of the fields on the page, in UTF-16 units. */
const MAX_LENGTH: Readonly<Record<Exclude<FormField, ContactDate>, number>> = {
  firstName: 120,
  lastName: 120,
  email: 254,
  company: 120,
  phone: 120,
  country: 120,
  message: 1000,
};

/**
 * Reads a submitted form. Control characters that break lines or change the
 * text direction come from pasted text. They are removed without an error. Only
 * the message may have several lines.
 */
export function readFormValues(body: unknown): FormValues {
  const given = (body ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string => {
    const value = Object.hasOwn(given, name) ? given[name] : '';
    return typeof value === 'string' ? value : '';
  };
  const answers = Object.fromEntries(
    [...FORM_FIELDS, 'consent', SPAM_TRAP].map((name) => [name, withoutUnsafeCharacters(text(name))]),
  ) as Record<keyof FormValues, string>;
  answers.message = text('message')
    .split(/\r\n|\r|\n/)
    .map(withoutUnsafeCharacters)
    .join('\n')
    .trim();
  return answers;
}

/**
 * The language in which the form was shown; null if the page sends none, or an
 * invalid one.
 */
export function languageOf(body: unknown): Locale | null {
  const said = ((body ?? {}) as Readonly<Record<string, unknown>>)[FORM_LANGUAGE];
  return typeof said === 'string' ? parseLocale(said) : null;
}

/**
 * The code of the country in the form; null if it is empty or unknown. A stored
 * contact with this address is not consulted: the answer would reveal to a
 * stranger that it exists.
 */
export function countryIn({ country }: FormValues): string | null {
  const named = checkField('country', country);
  return 'value' in named ? named.value : null;
}

/**
 * The answers in the fields that the page asks for: a country as its code if it
 * is known (ISO 3166-1), a date as 2027-03-31, everything else as it was written. A value for a field
 * that the page does not ask for is no person's answer.
 */
export function answersOf(values: FormValues, fields: readonly FormField[]): FormAnswers {
  const country = countryIn(values) ?? values.country;
  const typed: FormAnswers = { country, ...datesIn(values) };
  const given = fields.map((field) => [field, typed[field] ?? values[field]] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

/** The dates of a form that are dates, as 2027-03-31. */
const datesIn = (values: FormValues): FormAnswers =>
  Object.fromEntries(
    CONTACT_DATES.flatMap((field) => {
      const date = checkField(field, values[field]);
      return 'value' in date && date.value !== null ? [[field, date.value]] : [];
    }),
  );

/**
 * The problems that prevent the form from being stored, in the order of the
 * fields.
 */
export function problemsOf(answers: FormValues, required: readonly FormField[]): Map<FormValueField, AnswerProblem> {
  const problems = new Map<FormValueField, AnswerProblem>();
  for (const field of FORM_FIELDS) {
    const problem = problemOf(field, answers[field], required.includes(field));
    if (problem !== null) problems.set(field, problem);
  }
  if (answers.consent !== 'yes') problems.set('consent', 'no-consent');
  return problems;
}

function problemOf(field: FormField, text: string, isRequired: boolean): AnswerProblem | null {
  if (text === '') return isRequired ? 'empty' : null;
  if (isContactDate(field)) return 'problem' in checkField(field, text) ? 'no-date' : null;
  if (text.length > MAX_LENGTH[field]) return 'too-long';
  if (field === 'email') return typeof parseEmail(text) === 'string' ? 'no-address' : null;
  if (field === 'phone') return 'problem' in checkField(field, text) ? 'no-phone' : null;
  const isName = field === 'firstName' || field === 'lastName';
  return isName && 'problem' in checkField(field, text) ? 'address-in-name' : null;
}
