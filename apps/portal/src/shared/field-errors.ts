import { ApiProblem } from './api';
import { useProblemText } from './problem-text';
import { useTranslateCode } from './translate-code';

/**
 * Errors by form field, translated if there is a text.
 * @param error of the request that sent the form.
 * @returns the first error of each field, by field name.
 * Empty if the error names no field.
 */
export function useFieldErrors(error: unknown): Readonly<Record<string, string>> {
  const translateCode = useTranslateCode();
  const problemText = useProblemText();
  if (!(error instanceof ApiProblem)) return {};
  const { field, problems = [] } = error.problem;
  const entries = problems.flatMap((entry) =>
    entry.field === undefined
      ? []
      : [
          [
            entry.field,
            translateCode(
              'values',
              entry.code,
              entry.remedy === undefined ? entry.message : `${entry.message} ${entry.remedy}`,
              { what: entry.field, ...entry.named },
            ),
          ] as const,
        ],
  );
  if (field !== undefined) entries.push([field, problemText(error.problem)]);
  return Object.fromEntries(entries.reverse());
}
