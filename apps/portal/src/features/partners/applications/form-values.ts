import type { ApplicationFormView } from '#contracts';

type ByLanguage = Record<string, string>;

interface QuestionValues {
  readonly key: string;
  readonly label: ByLanguage;
  readonly isRequired: boolean;
}

/** The form's settings as fields: each language has a text, which may be empty. */
// A type alias: an interface is no record of fields.
// oxlint-disable-next-line typescript/consistent-type-definitions
export type FormValues = Pick<ApplicationFormView, 'isOpen' | 'rules'> & {
  readonly introduction: ByLanguage;
  readonly questions: QuestionValues[];
};

const inAll = (texts: Readonly<ByLanguage>, languages: readonly string[]): ByLanguage =>
  Object.fromEntries(languages.map((language) => [language, texts[language] ?? '']));

const written = (texts: Readonly<ByLanguage>): ByLanguage =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));

export const valuesOf = (
  { isOpen, introduction, questions, rules }: ApplicationFormView,
  languages: readonly string[],
): FormValues => ({
  isOpen,
  introduction: inAll(introduction, languages),
  questions: questions.map(({ label, ...question }) => ({ ...question, label: inAll(label, languages) })),
  rules,
});

/** What is saved: texts that are empty and questions without any text are left out. */
export const formOf = ({ isOpen, introduction, questions, rules }: FormValues) => ({
  isOpen,
  introduction: written(introduction),
  questions: questions
    .map(({ label, ...question }) => ({ ...question, label: written(label) }))
    .filter(({ label }) => Object.keys(label).length > 0),
  rules,
});

/** A question without a text; its key stays when it is worded anew. */
export const newQuestion = (languages: readonly string[]): QuestionValues => ({
  key: crypto.randomUUID(),
  label: inAll({}, languages),
  isRequired: false,
});
