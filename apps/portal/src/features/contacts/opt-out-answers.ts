import type { ContactImportPreview } from '#contracts';

type Column = ContactImportPreview['optOuts'][number];
export type OptOutMeaning = Column['values'][number]['meaning'];
/** The user's answers: `<column> <value>` → meaning. */
export type OptOutAnswers = Readonly<Record<string, OptOutMeaning>>;

export const answerKey = (column: number, value: string): string => `${column} ${value}`;

/** The meaning of a value: the user's answer, else what was found. */
export const meaningOf = (answers: OptOutAnswers, { column }: Column, { value, meaning }: Column['values'][number]) =>
  answers[answerKey(column, value)] ?? meaning;

export const hasUnclear = (columns: readonly Column[], answers: OptOutAnswers): boolean =>
  columns.some((column) => column.values.some((value) => meaningOf(answers, column, value) === 'unclear'));

/** Rows that a column keeps from getting e-mails. */
export const optedOutRows = (column: Column, answers: OptOutAnswers): number =>
  column.values
    .filter((value) => meaningOf(answers, column, value) === 'opted-out')
    .reduce((sum, { rows }) => sum + rows, 0);

/** The answers as the API takes them. */
export const optOutRules = (columns: readonly Column[], answers: OptOutAnswers) =>
  columns.map((column) => ({
    column: column.column,
    optedOut: column.values
      .filter((value) => meaningOf(answers, column, value) === 'opted-out')
      .map(({ value }) => value),
  }));
