import { ApiProblem } from './api';
import { useSentence } from './sentence';

/**
 * What is wrong with which field of a form, in the interface's language where it has the words.
 * @param error of the request that sent the form. @returns the first sentence about each field, by the field's name; none where the
 * refusal names no field.
 */
export function useFaults(error: unknown): Readonly<Record<string, string>> {
  const sentence = useSentence();
  if (!(error instanceof ApiProblem)) return {};
  const { code, field, detail, details, problems = [] } = error.problem;
  const entries = problems.flatMap((entry) =>
    entry.field === undefined
      ? []
      : [
          [
            entry.field,
            sentence(
              'values',
              entry.code,
              entry.wayOut === undefined ? entry.message : `${entry.message} ${entry.wayOut}`,
              entry.named,
            ),
          ] as const,
        ],
  );
  if (field !== undefined) entries.push([field, sentence('problems', code, detail, details)]);
  return Object.fromEntries(entries.reverse());
}
